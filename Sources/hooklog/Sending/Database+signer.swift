import Connectors
import EventLog
import Foundation
import WebhookSignatures

extension Database {
    /// Signs as the sender of a source does, with its newest secret.
    ///
    /// - Parameter source: The source's id as text.
    /// - Throws: `notFound` when there is no such source or it has no secret that counts now.
    func signer(of source: String) async throws -> WebhookSigner {
        guard let id = SourceID(source),
            let row = try await pool.query(
                Queries.readNewestSecret,
                [.int8(id.workspace.rawValue), .int8(id.number)]
            ).first
        else {
            throw CommandError(
                .notFound,
                "There is no source \(source) with a secret that counts now. See `hooklog source list`."
            )
        }
        let settings = try JSONDecoder().decode(SourceSettings.self, from: Data(row["settings", as: String.self].utf8))
        let scheme = try Senders.known.sender(ConnectorName(rawValue: row["connector"])).scheme(settings)
        let text = try sealer().open(row["sealed"], at: SecretAddress(source: id, number: row["secret_id"]))
        let secret = try SigningSecret(text, for: scheme, allowsShortSecret: true)
        return try WebhookSigner(scheme: scheme, secrets: [secret])
    }
}
