import AsyncHTTPClient
import Connectors
import EventLog
import Foundation
import HTTPServer
import Hummingbird
import Logging
import NIOCore
import Postgres
import PostgresTesting
import Testing

/// The query endpoints on a socket, over a database of their own with one workspace.
struct QueryServer: Sendable {
    let database: TestDatabase
    let workspace: Workspace
    let waiter: StubWaiter
    let pool: PostgresPool
    /// The time at which requests of limited keys are counted.
    let time: CountingTime
    /// What the server counted.
    let metrics: PrometheusMetrics
    private let port: Int

    /// Runs `body` with a server; at its end everything is stopped and dropped.
    ///
    /// A statement, and the wait for a connection, may take longer than a user would bear: what is tested is the answer.
    static func with(
        template: String? = nil,
        statementTimeout: Duration = .seconds(30),
        _ body: @escaping @Sendable (QueryServer) async throws -> Void
    ) async throws {
        let template = if let template { template } else { try await QueryTemplate.name }
        try await TestDatabase.with(template: template) { database in
            let configuration = PostgresPoolConfiguration(patient: database.configuration, size: 2)
            let pool = PostgresPool(configuration, logger: TestDatabase.logger)
            let workspace = try await WorkspaceStore(pool: pool).create(slug: "acme", name: "Acme Corporation")
            let stage = Stage(
                database: database,
                workspace: workspace,
                pool: pool,
                statementTimeout: statementTimeout
            )
            try await stage.run(body)
            await pool.shutdown(deadline: .now + .seconds(1))
        }
    }

    fileprivate init(stage: Stage, waiter: StubWaiter, port: Int) {
        database = stage.database
        workspace = stage.workspace
        pool = stage.pool
        time = stage.time
        metrics = stage.metrics
        self.waiter = waiter
        self.port = port
    }

    /// Sends a request; `key` goes into the Authorization header.
    ///
    /// The answer must be as the API's document says.
    func send(
        _ path: String,
        key: String? = nil,
        method: String = "GET",
        headers: [(String, String)] = [],
        body: String? = nil
    ) async throws -> QueryReply {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
        request.method = .init(rawValue: method)
        if let key { request.headers.add(name: "Authorization", value: "Bearer \(key)") }
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        let body = try await response.body.collect(upTo: 1 << 24)
        let reply = QueryReply(
            status: Int(response.status.code),
            headers: Dictionary(response.headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { $1 }),
            text: String(buffer: body)
        )
        let answer = DocumentedAnswer(
            method: method,
            target: path,
            status: reply.status,
            headers: reply.headers,
            text: reply.text
        )
        #expect(answer.findings == [], "\(method) \(path)")
        return reply
    }

    /// Makes an API key of a workspace, by default the server's.
    func makeKey(
        livemode: Bool = true,
        scope: APIKeyScope = .read,
        rateLimit: Int32? = nil,
        in workspace: Workspace? = nil
    ) async throws -> IssuedAPIKey {
        let draft = APIKeyDraft(
            workspace: (workspace ?? self.workspace).id,
            name: "Primary API Key",
            scope: scope,
            livemode: livemode,
            rateLimit: rateLimit
        )
        return try await APIKeyStore(pool: pool).create(draft)
    }
}

/// What is there before the server.
private struct Stage: Sendable {
    let database: TestDatabase
    let workspace: Workspace
    let pool: PostgresPool
    let statementTimeout: Duration
    let time = CountingTime()
    let metrics = PrometheusMetrics()

    func run(_ body: @escaping @Sendable (QueryServer) async throws -> Void) async throws {
        let pipeline = PostgresPipeline(
            PostgresPipelineConfiguration(connection: database.configuration),
            logger: TestDatabase.logger
        )
        var commands = PostgresPoolConfiguration(patient: database.configuration, size: 8)
        commands.waiterLimit = 1024
        let commandPool = PostgresPool(commands, logger: TestDatabase.logger)
        let waiter = StubWaiter()
        let controllers = controllers(pipeline: pipeline, commandPool: commandPool, waiter: waiter)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await pipeline.run() }
            try await ServerFixture.with(controllers: controllers, metrics: metrics) { server in
                try await body(QueryServer(stage: self, waiter: waiter, port: server.port))
            }
            group.cancelAll()
        }
        await commandPool.shutdown(deadline: .now + .seconds(1))
    }

    private func controllers(
        pipeline: PostgresPipeline,
        commandPool: PostgresPool,
        waiter: StubWaiter
    ) -> [any RouteController] {
        let recorder = APIKeyUseRecorder(pipeline: pipeline, logger: TestDatabase.logger) { PostgresTimestamp(Date()) }
        let logger = TestDatabase.logger
        var reads = ReadResponder(pipeline: pipeline, waiter: waiter, recorder: recorder, logger: logger)
        reads.statementTimeout = statementTimeout
        var writes = WriteResponder(pool: commandPool, activity: LogActivity(), recorder: recorder, logger: logger)
        writes.statementTimeout = statementTimeout
        let limiter = RateLimiter(
            pipeline: pipeline,
            statementTimeout: statementTimeout,
            logger: logger,
            databaseTime: { [counting = self.time] in counting.value }
        )
        return [
            RateLimits(limiter: limiter, metricsFactory: metrics),
            UnmatchedRoutes(prefix: "/v1", routes: .native),
            UnmatchedRoutes(prefix: "/openapi.json", routes: .documentation),
            UnmatchedRoutes(prefix: "/docs", routes: .documentation),
            LogQueryController(reads: reads, events: EventReader(pool: pool, senders: .known)),
            DirectoryQueryController(reads: reads),
            DocumentationController(),
        ] + SurfaceController.all(reads: reads, writes: writes)
    }
}

/// An answer to a request.
struct QueryReply: Sendable {
    let status: Int
    let headers: [String: String]
    let text: String

    /// The body; null when it is not JSON.
    var json: JSONValue {
        (try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))) ?? .null
    }

    /// The `code` of an error.
    var code: String? { json["error"]?["code"]?.text }

    /// The ids of the objects of a list.
    var ids: [String] { json["data"]?.elements.compactMap { $0["id"]?.text } ?? [] }
}
