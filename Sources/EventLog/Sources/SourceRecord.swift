import Postgres
import WebhookSignatures

/// A source as the database has it, with its secrets sealed.
struct SourceRecord: Sendable {
    struct SealedSecret: Sendable {
        let number: Int64
        let sealed: [UInt8]
        let notBefore: PostgresTimestamp
        let expiresAt: PostgresTimestamp?
    }

    let id: SourceID
    let connector: ConnectorName
    let name: String
    let settings: SourceSettings
    let createdAt: PostgresTimestamp
    let disabledAt: PostgresTimestamp?
    let secrets: [SealedSecret]

    init(_ row: PostgresRow) throws(PostgresError) {
        id = SourceID(workspace: WorkspaceID(rawValue: try row["workspace_id"]), number: try row["source_id"])
        connector = ConnectorName(rawValue: try row["connector"])
        name = try row["name"]
        settings = try SourceSettings(row["settings", as: String.self])
        createdAt = try row["created_at"]
        disabledAt = try row["disabled_at"]
        let numbers = try row["secret_ids", as: [Int64].self]
        let sealed = try row["sealed", as: [[UInt8]].self]
        let notBefore = try row["not_before", as: [PostgresTimestamp].self]
        let expiresAt = try row["expires_at", as: [PostgresTimestamp?].self]
        secrets = numbers.indices.map {
            SealedSecret(number: numbers[$0], sealed: sealed[$0], notBefore: notBefore[$0], expiresAt: expiresAt[$0])
        }
    }

    /// What can be shown of it.
    var details: SourceDetails {
        SourceDetails(
            id: id,
            connector: connector,
            name: name,
            settings: settings,
            createdAt: createdAt,
            disabledAt: disabledAt,
            secrets: secrets.map {
                SourceDetails.Secret(number: $0.number, notBefore: $0.notBefore, expiresAt: $0.expiresAt)
            }
        )
    }

    /// Opens the secrets that count at `now` or will; the newest of them when there are more than a verifier takes.
    func source(
        of senders: Senders,
        sealer: SecretSealer,
        now: PostgresTimestamp
    ) throws(EventLogError) -> Source {
        let sender = try senders.sender(connector)
        let scheme = try sender.scheme(settings)
        var keys: [VerificationKey] = []
        let current = secrets.filter { $0.expiresAt.map { now < $0 } ?? true }
        for secret in current.suffix(WebhookVerifier.maximumKeyCount) {
            keys.append(try key(secret, scheme: scheme, sealer: sealer))
        }
        do throws(SignatureError) {
            let verifier = try WebhookVerifier(scheme: scheme, keys: keys)
            return Source(
                id: id,
                sender: sender,
                name: name,
                settings: settings,
                verifier: verifier,
                isDisabled: disabledAt != nil
            )
        } catch {
            throw EventLogError(.invalidSecret, source: id, detail: error.description)
        }
    }

    private func key(
        _ secret: SealedSecret,
        scheme: SignatureScheme,
        sealer: SecretSealer
    ) throws(EventLogError) -> VerificationKey {
        let text = try sealer.open(secret.sealed, at: SecretAddress(source: id, number: secret.number))
        do throws(SignatureError) {
            return try VerificationKey(
                text,
                id: KeyID(rawValue: String(secret.number)),
                for: scheme,
                notBefore: secret.notBefore.wholeSeconds,
                expiresAt: secret.expiresAt?.wholeSeconds,
                allowsShortSecret: settings.allowShortSecret
            )
        } catch {
            throw EventLogError(.invalidSecret, source: id, detail: error.description)
        }
    }
}

extension PostgresTimestamp {
    /// The Unix second at or before the moment.
    fileprivate var wholeSeconds: Int64 {
        let (quotient, remainder) = microsecondsSince1970.quotientAndRemainder(dividingBy: 1_000_000)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
