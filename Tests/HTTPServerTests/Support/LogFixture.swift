import Connectors
import EventLog
import HTTPServer
import Postgres
import PostgresTesting
import Schema
import ServiceLifecycle
import Testing
import WebhookSignatures

/// A receiver over a real log, with one source.
struct LogFixture: Sendable {
    let database: TestDatabase
    let store: SourceStore
    let workspace: WorkspaceID
    let source: SourceID
    let recorder: RejectedDeliveryRecorder
    let server: ServerFixture
    private let secret: SigningSecret

    /// Runs `body` with everything at work on the running test's database.
    ///
    /// Without `listens`, changes of sources are not told to the receiver.
    static func with(
        listens: Bool = true,
        now: @escaping @Sendable () -> Int64 = UnixClock.seconds,
        _ body: @escaping @Sendable (LogFixture) async throws -> Void
    ) async throws {
        let database = try #require(TestDatabase.current)
        let logger = TestDatabase.logger
        try await database.withConnection { connection in
            _ = try await Migrator(connection: connection, logger: logger).migrate()
        }
        let pool = PostgresPool(PostgresPoolConfiguration(patient: database.configuration), logger: logger)
        let sealer = SecretSealer(.generate())
        let store = SourceStore(pool: pool, senders: .known, sealer: sealer)
        let workspace = try await WorkspaceStore(pool: pool).create(slug: "default", name: "Default").id
        let issued = try await store.create(SourceDraft(workspace: workspace, connector: .pivotal, name: "Pivotal"))
        let directory = SourceDirectory(store: store, configuration: database.configuration, logger: logger)
        var appending = database.configuration
        appending.statementTimeout = nil
        let appendPool = PostgresPool(PostgresPoolConfiguration(patient: appending, size: 4), logger: logger)
        let appender = EventAppender(pool: appendPool, activity: LogActivity(), logger: logger)
        let recorder = RejectedDeliveryRecorder(pool: pool, logger: logger)
        let receiver = ReceiverController(
            sources: directory,
            events: appender,
            rejections: recorder,
            logger: logger,
            now: now
        )
        let secret = try SigningSecret(issued.text, for: .svix)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await appender.run() }
            if listens { group.addTask { try await directory.run() } }
            try await ServerFixture.with(controllers: [receiver]) { server in
                try await body(
                    LogFixture(
                        database: database,
                        store: store,
                        workspace: workspace,
                        source: issued.source,
                        recorder: recorder,
                        server: server,
                        secret: secret
                    )
                )
            }
            group.cancelAll()
        }
        await pool.shutdown(deadline: .now + .seconds(5))
        await appendPool.shutdown(deadline: .now + .seconds(5))
    }

    /// Makes a source of a connector with the sender's secret, or a secret of its own.
    func makeSource(
        _ connector: ConnectorName,
        name: String,
        secret: String? = nil,
        settings: SourceSettings = SourceSettings()
    ) async throws -> IssuedSecret {
        try await store.create(
            SourceDraft(workspace: workspace, connector: connector, name: name, secret: secret, settings: settings)
        )
    }

    /// The first column of a query, as text.
    func texts(_ sql: String) async throws -> [String] {
        try await database.withConnection { connection in
            try await connection.query(PostgresStatement(name: sql, sql: sql)).rows.map { try $0.decode(0) }
        }
    }

    /// Sends a correctly signed delivery.
    func deliver(_ body: [UInt8], id: String) async throws -> Answer {
        try await deliver(body, id: id, to: source, by: WebhookSigner(scheme: .svix, secrets: [secret]))
    }

    /// Sends a delivery that a sender signed to a source.
    func deliver(
        _ body: [UInt8],
        id: String? = nil,
        to source: SourceID,
        by signer: WebhookSigner,
        headers: [(String, String)] = []
    ) async throws -> Answer {
        let signed = try signer.sign(body: body, deliveryID: id, timestamp: UnixClock.seconds())
        return try await Answer.post(
            "/webhooks/\(source)",
            headers: signed.fields.map { ($0.name, $0.value) } + headers,
            body: body,
            to: server
        )
    }

    /// Makes a source of a connector, and who signs for it.
    func makeSource(
        _ connector: ConnectorName,
        settings: SourceSettings
    ) async throws -> (source: SourceID, signer: WebhookSigner) {
        let issued = try await makeSource(connector, name: "s", settings: settings)
        let scheme = try Senders.known.sender(connector).scheme(settings)
        let secret = try SigningSecret(issued.text, for: scheme)
        return (issued.source, try WebhookSigner(scheme: scheme, secrets: [secret]))
    }

    /// The first row of a query.
    func row(_ sql: String) async throws -> PostgresRow {
        let result = try await database.withConnection { connection in
            try await connection.query(PostgresStatement(name: sql, sql: sql))
        }
        return try #require(result.first)
    }
}
