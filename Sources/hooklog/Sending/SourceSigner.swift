import Connectors
import EventLog
import Foundation
import WebhookSignatures

/// Signs as the sender of a source in the database does.
struct SourceSigner: Sendable {
    /// The source's id as text.
    let source: String

    /// Reads the source's connector and its newest secret.
    ///
    /// - Throws: `notFound` when there is no such source or it has no secret that counts now.
    func load(_ database: Database) async throws -> WebhookSigner {
        guard let id = SourceID(source),
            let row = try await database.pool.query(
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
        let sealer = try database.sealer()
        let text = try sealer.open(row["sealed"], at: SecretAddress(source: id, number: row["secret_id"]))
        let secret = try SigningSecret(text, for: scheme, allowsShortSecret: true)
        return try WebhookSigner(scheme: scheme, secrets: [secret])
    }
}
