import Connectors
import EventLog
import Postgres
import PostgresTesting
import Testing
import WebhookSignatures

/// A store and a directory over one database, with the same master key.
struct SourceFixture: Sendable {
    let log: LogDatabase
    let workspace: WorkspaceID
    let store: SourceStore
    let sealer: SecretSealer

    init(_ log: LogDatabase) async throws {
        self.log = log
        workspace = try await log.workspace()
        sealer = SecretSealer(.generate())
        store = SourceStore(pool: log.pool, senders: .known, sealer: sealer)
    }

    func makeDirectory(_ pool: PostgresPool? = nil, freshness: Duration = .seconds(2)) -> SourceDirectory {
        SourceDirectory(
            store: SourceStore(pool: pool ?? log.pool, senders: .known, sealer: sealer),
            configuration: log.configuration,
            freshness: freshness,
            logger: TestDatabase.logger
        )
    }

    /// Runs `body` while the directory listens.
    func withDirectory(
        freshness: Duration,
        _ body: @escaping @Sendable (SourceDirectory) async throws -> Void
    ) async throws {
        let directory = makeDirectory(freshness: freshness)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await directory.run() }
            let listening =
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'"
            try await until { try await log.value(listening, as: Int64.self) == 1 }
            try await body(directory)
            group.cancelAll()
        }
    }

    /// Whether the source takes a delivery signed with a secret at a time.
    func accepts(_ secret: String, _ source: Source, at now: Int64) throws -> Bool {
        let signer = try WebhookSigner(
            scheme: source.verifier.scheme,
            secrets: [SigningSecret(secret, for: source.verifier.scheme, allowsShortSecret: true)]
        )
        let headers = try signer.sign(body: Array("{}".utf8), deliveryID: "msg_1", timestamp: now)
        do throws(VerificationError) {
            _ = try source.verifier.verify(headers: headers, body: Array("{}".utf8), now: now)
            return true
        } catch {
            return false
        }
    }
}
