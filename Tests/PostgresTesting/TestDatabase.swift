import Foundation
import Logging
import Postgres
import Schema
internal import Testing

/// A database of one test.
package struct TestDatabase: Sendable {
    package let cluster: TestCluster
    package let name: String

    /// The database of the running test, when it has the `.database` trait.
    @TaskLocal package static var current: TestDatabase?

    /// A libpq connection string for the database.
    package var connectionString: String { cluster.connectionString(database: name) }

    /// A configuration that connects to the database, as the product does.
    ///
    /// A call that states no deadline may take as long as a busy machine needs.
    package var configuration: PostgresConfiguration {
        var configuration = PostgresConfiguration(connectionString: connectionString)
        configuration.statementTimeout = .seconds(240)
        configuration.sessionStatements = [SQLLibrary.tellPlanner]
        return configuration
    }

    /// A logger that writes nothing.
    package static var logger: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }

    /// Runs `body` with a connection, which is closed afterwards.
    nonisolated(nonsending) package func withConnection<Value>(
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        try await PostgresConnection.with(configuration, logger: Self.logger, body)
    }

    /// Runs `body` with a connection to the running test's database, which is closed afterwards.
    nonisolated(nonsending) package static func withConnection<Value>(
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        try await #require(current).withConnection(body)
    }

    /// Ends a session from another one, and waits until it is gone.
    package func terminate(_ process: Int32?) async throws {
        let terminate = PostgresStatement(name: "terminate", sql: "SELECT pg_terminate_backend($1, 5000)")
        _ = try await withConnection { try await $0.query(terminate, [.int4(process)]) }
    }

    /// Runs `body` with a new database copied from a template, which is dropped afterwards.
    ///
    /// At most eight databases exist at a time.
    @concurrent
    package static func with(
        template: String = "template0",
        _ body: @Sendable (TestDatabase) async throws -> Void
    ) async throws {
        let cluster = try await TestCluster.shared
        await DatabasePermits.shared.acquire()
        do {
            let name = "test_\(UInt64.random(in: 0 ... .max))"
            let database = TestDatabase(cluster: cluster, name: name)
            try await administer(cluster, "CREATE DATABASE \(name) TEMPLATE \(template)")
            try await body(database)
            try await administer(cluster, "DROP DATABASE \(name) WITH (FORCE)")
            await DatabasePermits.shared.release()
        } catch {
            await DatabasePermits.shared.release()
            throw error
        }
    }

    private static func administer(_ cluster: TestCluster, _ sql: String) async throws {
        let configuration = PostgresConfiguration(connectionString: cluster.connectionString())
        try await PostgresConnection.with(configuration, logger: logger) { _ = try await $0.script(sql) }
    }
}

extension PostgresPoolConfiguration {
    /// The usual limits, but a caller that states no deadline waits as long as a busy machine needs.
    package init(patient connection: PostgresConfiguration, size: Int = 6, name: String = "default") {
        self.init(connection: connection, size: size, name: name)
        leaseTimeout = .seconds(240)
    }
}

/// Bounds the databases in use at a time.
private actor DatabasePermits {
    static let shared = DatabasePermits()

    private var free = 8
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func acquire() async {
        guard free == 0 else {
            free -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    func release() {
        guard waiting.isEmpty else {
            waiting.removeFirst().resume()
            return
        }
        free += 1
    }
}
