import EventLog
import Postgres
import PostgresTesting
import Schema
import Testing

/// A migrated database of one test, with what most tests need of it.
struct LogDatabase: Sendable {
    /// The database of the running test, when it has the `.log` trait.
    @TaskLocal static var current: LogDatabase?

    let database: TestDatabase
    let pool: PostgresPool

    static func required() throws -> LogDatabase { try #require(current) }

    var configuration: PostgresConfiguration { database.configuration }

    /// Makes a workspace.
    func workspace(_ slug: String = "default") async throws -> WorkspaceID {
        try await WorkspaceStore(pool: pool).create(slug: slug, name: slug).id
    }

    /// The name of the present month's partition of the log.
    func presentPartition() async throws -> String {
        try await value("SELECT 'hooklog.event_' || to_char(now() AT TIME ZONE 'UTC', 'YYYY_MM')")
    }

    /// Runs SQL without results.
    func script(_ sql: String) async throws {
        try await database.withConnection { _ = try await $0.script(sql) }
    }

    /// The only value of a query.
    func value<Value: PostgresDecodable & Sendable>(_ sql: String, as type: Value.Type = Value.self) async throws
        -> Value
    {
        let result = try await pool.query(PostgresStatement(name: sql, sql: sql))
        return try #require(result.first).decode(0, as: type)
    }

    /// The first column of a query.
    func column<Value: PostgresDecodable & Sendable>(_ sql: String, as type: Value.Type = Value.self) async throws
        -> [Value]
    {
        try await pool.query(PostgresStatement(name: sql, sql: sql)).rows.map { try $0.decode(0, as: type) }
    }

    /// A pool such as an appender wants: its statements have no time-out.
    func appendPool(size: Int = 4) -> PostgresPool {
        var connection = configuration
        connection.statementTimeout = nil
        return PostgresPool(
            PostgresPoolConfiguration(patient: connection, size: size, name: "append"),
            logger: TestDatabase.logger
        )
    }

    /// Runs `body` with an appender at work, which is stopped afterwards.
    func withAppender<Value: Sendable>(
        _ configuration: EventAppenderConfiguration = EventAppenderConfiguration(),
        activity: LogActivity = LogActivity(),
        _ body: @escaping @Sendable (EventAppender) async throws -> Value
    ) async throws -> Value {
        let pool = appendPool(size: configuration.workers)
        let appender = EventAppender(
            pool: pool,
            activity: activity,
            configuration: configuration,
            logger: TestDatabase.logger
        )
        let result = try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await appender.run() }
            let value = try await body(appender)
            group.cancelAll()
            return value
        }
        await pool.shutdown(deadline: .now + .seconds(10))
        return result
    }
}

/// A template with the schema in it, made once per test process and never analysed.
private actor SchemaTemplate {
    static let shared = SchemaTemplate()

    private var making: [CheckedContinuation<Void, any Error>]?
    private var outcome: Result<String, any Error>?

    func name() async throws -> String {
        if let outcome { return try outcome.get() }
        guard making == nil else {
            try await withCheckedThrowingContinuation { making?.append($0) }
            return try await name()
        }
        making = []
        let outcome = await make()
        self.outcome = outcome
        for waiting in making ?? [] { waiting.resume() }
        return try outcome.get()
    }

    private func make() async -> Result<String, any Error> {
        do {
            let cluster = try await TestCluster.shared
            let name = "schema_template"
            let administration = PostgresConfiguration(connectionString: cluster.connectionString())
            let connection = try await PostgresConnection.connect(administration, logger: TestDatabase.logger)
            try await connection.script("CREATE DATABASE \(name)")
            await connection.close()
            let template = PostgresConfiguration(connectionString: cluster.connectionString(database: name))
            let migrating = try await PostgresConnection.connect(template, logger: TestDatabase.logger)
            _ = try await Migrator(connection: migrating, logger: TestDatabase.logger).migrate()
            await migrating.close()
            return .success(name)
        } catch {
            return .failure(error)
        }
    }
}

/// Gives each test a migrated database of its own.
struct LogTrait: SuiteTrait, TestTrait, TestScoping {
    let isRecursive = true

    func scopeProvider(for test: Test, testCase: Test.Case?) -> LogTrait? { testCase == nil ? nil : self }

    @concurrent
    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await TestDatabase.with(template: try await SchemaTemplate.shared.name()) { database in
            let configuration = PostgresPoolConfiguration(patient: database.configuration, size: 4)
            let pool = PostgresPool(configuration, logger: TestDatabase.logger)
            let log = LogDatabase(database: database, pool: pool)
            try await LogDatabase.$current.withValue(log) { try await function() }
            await pool.shutdown(deadline: .now + .seconds(10))
        }
    }
}

extension Trait where Self == LogTrait {
    /// Runs each test against a new database with the schema in it.
    static var log: Self { Self() }
}
