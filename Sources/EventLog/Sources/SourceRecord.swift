import Postgres
import WebhookSignatures

/// A source as the database has it, with its secrets sealed.
struct SourceRecord: Sendable {
    /// What can be shown of it.
    let details: SourceDetails
    private let sealed: [[UInt8]]

    init(_ row: PostgresRow) throws(PostgresError) {
        let numbers = try row["secret_ids", as: [Int64].self]
        let notBefore = try row["not_before", as: [PostgresTimestamp].self]
        let expiresAt = try row["expires_at", as: [PostgresTimestamp?].self]
        details = SourceDetails(
            id: SourceID(workspace: try row["workspace_id"], number: try row["source_id"]),
            connector: try row["connector"],
            name: try row["name"],
            settings: try SourceSettings(row["settings", as: String.self]),
            createdAt: try row["created_at"],
            disabledAt: try row["disabled_at"],
            secrets: numbers.indices.map {
                SourceDetails.Secret(number: numbers[$0], notBefore: notBefore[$0], expiresAt: expiresAt[$0])
            }
        )
        sealed = try row["sealed"]
    }

    /// Opens the secrets that count at `now` or will; the newest of them when there are more than a verifier takes.
    func source(
        of senders: Senders,
        sealer: SecretSealer,
        now: PostgresTimestamp
    ) throws(EventLogError) -> Source {
        let sender = try senders.sender(details.connector)
        let scheme = try sender.scheme(details.settings)
        var keys: [VerificationKey] = []
        let current = zip(details.secrets, sealed).filter { secret, _ in secret.counts(at: now) }
        for (secret, sealed) in current.suffix(WebhookVerifier.maximumKeyCount) {
            keys.append(try key(secret, sealed, scheme: scheme, sealer: sealer))
        }
        do throws(SignatureError) {
            let verifier = try WebhookVerifier(scheme: scheme, keys: keys)
            return Source(
                id: details.id,
                sender: sender,
                name: details.name,
                settings: details.settings,
                verifier: verifier
            )
        } catch {
            throw EventLogError(.invalidSecret, source: details.id, detail: error.description)
        }
    }

    private func key(
        _ secret: SourceDetails.Secret,
        _ sealed: [UInt8],
        scheme: SignatureScheme,
        sealer: SecretSealer
    ) throws(EventLogError) -> VerificationKey {
        let text = try sealer.open(sealed, at: SecretAddress(source: details.id, number: secret.number))
        do throws(SignatureError) {
            return try VerificationKey(
                text,
                id: KeyID(rawValue: String(secret.number)),
                for: scheme,
                notBefore: secret.notBefore.wholeSeconds,
                expiresAt: secret.expiresAt?.wholeSeconds,
                allowsShortSecret: details.settings.allowShortSecret
            )
        } catch {
            throw EventLogError(.invalidSecret, source: details.id, detail: error.description)
        }
    }
}

extension SourceDetails.Secret {
    /// Whether it has not expired at a moment.
    func counts(at now: PostgresTimestamp) -> Bool { expiresAt.map { now < $0 } ?? true }
}

extension PostgresTimestamp {
    /// The Unix second at or before the moment.
    fileprivate var wholeSeconds: Int64 { microsecondsSince1970.floorDivided(by: 1_000_000) }
}
