import Foundation
import Logging
import Postgres
import Schema

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
        PostgresConfiguration(
            connectionString: connectionString,
            statementTimeout: .seconds(240),
            sessionStatements: [SQLLibrary.tellPlanner]
        )
    }

    /// A logger that writes nothing.
    package static var logger: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }

    /// Runs `body` with a connection, which is closed afterwards.
    nonisolated(nonsending) package func withConnection<Value>(
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        let connection = try await PostgresConnection.connect(configuration, logger: Self.logger)
        do {
            let value = try await body(connection)
            await connection.close()
            return value
        } catch {
            await connection.close()
            throw error
        }
    }

    /// Runs `body` with a new database copied from a template, which is dropped afterwards.
    ///
    /// At most eight databases exist at a time.
    @concurrent
    package static func with(
        template: String = "template0",
        _ body: @Sendable (TestDatabase) async throws -> Void
    ) async throws {
        let cluster = try TestCluster.shared.get()
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
        let connection = try await PostgresConnection.connect(configuration, logger: logger)
        try await connection.script(sql)
        await connection.close()
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
