import EventLog
import Foundation
import Logging
import Postgres
import PostgresTesting
import Schema
import ServiceLifecycle
import Testing

@testable import Connectors
@testable import Fetching

/// A migrated database with a source of Piriod's that is configured to fetch.
struct FetchFixture: Sendable {
    static let token = "sk_test_example"

    let database: TestDatabase
    let pool: PostgresPool
    let store: SourceStore
    let sealer: SecretSealer
    let workspace: WorkspaceID
    let source: SourceID
    let queue: FetchQueue

    /// Runs `body` on the running test's database.
    static func with(
        isConfigured: Bool = true,
        poolSize: Int = 8,
        _ body: @escaping @Sendable (FetchFixture) async throws -> Void
    ) async throws {
        let database = try #require(TestDatabase.current)
        try await database.withConnection { connection in
            _ = try await Migrator(connection: connection, logger: TestDatabase.logger).migrate()
        }
        let pool = PostgresPool(
            PostgresPoolConfiguration(patient: database.configuration, size: poolSize),
            logger: TestDatabase.logger
        )
        let sealer = SecretSealer(.generate())
        let store = SourceStore(pool: pool, senders: .known, sealer: sealer)
        let workspace = try await WorkspaceStore(pool: pool).create(slug: "acme", name: "Acme").id
        let settings = FetchSourceSettings(baseURL: "http://127.0.0.1:9/api/", workspace: "acc_1")
        let source = try await store.create(
            SourceDraft(
                workspace: workspace,
                connector: .piriod,
                name: "piriod",
                settings: SourceSettings(fetch: isConfigured ? settings : nil),
                fetchToken: isConfigured ? token : nil
            )
        ).source
        try await body(
            FetchFixture(
                database: database,
                pool: pool,
                store: store,
                sealer: sealer,
                workspace: workspace,
                source: source,
                queue: FetchQueue(pool: pool)
            )
        )
        await pool.shutdown(deadline: .now + .seconds(5))
    }

    /// Where the source's token is sealed.
    var tokenAddress: SecretAddress { .fetchToken(of: source, at: "http://127.0.0.1:9") }

    /// Appends a thin event, as the receiver does, and returns its position.
    @discardableResult
    func notify(_ event: String, _ id: String, source other: SourceID? = nil) async throws -> Int64 {
        let body = #"{"event":"\#(event)","object_id":"\#(id)"}"#
        return try await append(Array(body.utf8), to: other ?? source, connector: .piriod)
    }

    /// Appends a body.
    func append(_ body: [UInt8], to source: SourceID, connector: ConnectorName) async throws -> Int64 {
        let delivery = VerifiedWebhook(
            source: source,
            sender: try Senders.known.sender(connector),
            deliveryID: "thin_\(UUID())",
            body: body
        )
        let parameters = EventAppender.parameters([delivery], workspace: source.workspace)
        let result = try await pool.query(SQLLibrary.call("append", parameters.count), parameters)
        return try #require(result.first).decode("position")
    }

    /// Reads the whole log for thin events; returns how many objects were noted.
    @discardableResult
    func plan(pageSize: Int32 = 5_000) async throws -> Int64 {
        var planned: Int64 = 0
        while true {
            let page = try await queue.plan(workspace, maxEvents: pageSize)
            planned += page.planned
            if !page.hasMore { return planned }
        }
    }

    /// Takes the next object, which there must be.
    func claim(lease: Duration = .seconds(30)) async throws -> FetchClaim {
        try #require(try await queue.claim(source, lease: lease))
    }

    /// Completes a claim with an object of that name.
    func complete(_ claim: FetchClaim, name: String = "Acme") async throws -> Position? {
        let object = FetchedObject.present(FakeVendor.object(claim.entityID, name: name).body)
        let body = PiriodAPI().event(of: object, claim, from: FetchSourceSettings(baseURL: "", workspace: ""))
        return try await queue.complete(claim, FetchedEvent(body, .piriod))?.position
    }

    /// Gives a claim back, due again at once.
    @discardableResult
    func fail(_ claim: FetchClaim, _ problem: String, blame: FetchBlame) async throws -> Int? {
        try await queue.fail(claim, problem: problem, delay: .zero, blame: blame)
    }

    /// The first column of a query, as text.
    func texts(_ sql: String) async throws -> [String] {
        try await pool.query(PostgresStatement(name: sql, sql: sql)).rows.map { try $0.decode(0) }
    }

    /// The only value of a query.
    func value<Value: PostgresDecodable & Sendable>(_ sql: String, as type: Value.Type = Value.self) async throws
        -> Value
    {
        try #require(try await pool.query(PostgresStatement(name: sql, sql: sql)).first).decode(0)
    }

    /// What fetching appended, in order: type, object and name, joined by a space.
    func fetched() async throws -> [String] {
        try await texts(
            """
            SELECT concat_ws(' ', e.type, e.entity_id, e.payload #>> '{data,name}')
            FROM hooklog.event AS e WHERE e.actor = 'fetch' ORDER BY e.position
            """
        )
    }

    /// Runs SQL.
    func script(_ sql: String) async throws {
        try await database.withConnection { _ = try await $0.script(sql) }
    }

    /// Runs `body` while a service fetches from a vendor, which is stopped as a killed process would be.
    func withService(
        over vendor: FakeVendor,
        activity: LogActivity = LogActivity(),
        configuration: FetchConfiguration = .quick,
        sealer other: SecretSealer? = nil,
        logger: Logger = TestDatabase.logger,
        _ body: @escaping @Sendable () async throws -> Void
    ) async throws {
        let service = FetchService(
            pool: pool,
            connection: database.configuration,
            sealer: other ?? sealer,
            apis: [PiriodAPI()],
            activity: activity,
            configuration: configuration,
            transport: vendor,
            jitter: { 0.5 },
            logger: logger
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await service.run() }
            try await body()
            group.cancelAll()
        }
    }
}

extension FetchBlame {
    /// The object's own failure, while the API is well.
    static var own: FetchBlame { .object(isAPIWell: true) }
}

extension FetchConfiguration {
    /// Short waits between attempts, and time enough for each on a busy machine.
    static var quick: FetchConfiguration {
        var configuration = FetchConfiguration()
        configuration.requestTimeout = .seconds(60)
        configuration.lease = .seconds(120)
        configuration.sweepInterval = .milliseconds(100)
        configuration.sealedRest = .seconds(3600)
        configuration.backoff.first = .milliseconds(20)
        configuration.backoff.limit = .milliseconds(100)
        configuration.backoff.ownLimit = .milliseconds(200)
        configuration.backoff.pauseLimit = .milliseconds(50)
        return configuration
    }
}
