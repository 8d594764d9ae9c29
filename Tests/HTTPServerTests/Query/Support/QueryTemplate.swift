import EventLog
import Foundation
import Postgres
import PostgresTesting
import Projections
import Schema

/// The databases that tests of queries start from: migrated, with the directory projection and no data.
enum QueryTemplate {
    /// Made once; a stored task, because every test waits for the same one.
    private static let making = Task { try await make("query_template", [try definition()]) }
    private static let makingUpgraded = Task {
        try await make("upgraded_template", [try definition(onlySystem: "pivotal"), try definition()])
    }

    /// The name of the template, once it is made.
    static var name: String {
        get async throws { try await making.value }
    }

    /// Likewise with a directory of Pivotal's objects in use, as an earlier release had it, and today's still to be built.
    static var upgradedName: String {
        get async throws { try await makingUpgraded.value }
    }

    /// Registers definitions one after the other in a new database.
    private static func make(_ databaseName: String, _ definitions: [String]) async throws -> String {
        let cluster = try await TestCluster.shared
        let administration = try await connect(cluster, database: "postgres")
        try await administration.script("CREATE DATABASE \(databaseName)")
        await administration.close()
        let connection = try await connect(cluster, database: databaseName)
        _ = try await Migrator(connection: connection, logger: TestDatabase.logger).migrate()
        let register = PostgresStatement(
            name: "register",
            sql: "SELECT hooklog.register_projection('directory', $1, true, $2)"
        )
        for (number, definition) in definitions.enumerated() {
            _ = try await connection.query(register, [.text("test \(number)"), .jsonb(definition)])
        }
        try await announce(Int64(definitions.count), on: connection)
        await connection.close()
        return databaseName
    }

    private static func connect(_ cluster: TestCluster, database: String) async throws -> PostgresConnection {
        let configuration = PostgresConfiguration(connectionString: cluster.connectionString(database: database))
        return try await PostgresConnection.connect(configuration, logger: TestDatabase.logger)
    }

    private static func announce(_ generation: Int64, on connection: PostgresConnection) async throws {
        var announced: String?
        repeat {
            let statement = SQLLibrary.call("announce_generation", 2)
            announced = try await connection.query(statement, [.text("directory"), .int8(generation)]).first?.decode(0)
        } while announced != nil
    }

    /// The directory as the database takes it.
    ///
    /// - Parameter system: Whose objects alone are read, without the columns that came with the other systems; nil is all.
    private static func definition(onlySystem system: String? = nil) throws -> String {
        guard let directory = try ProjectionCatalog().builtIn.first(where: { $0.name == .directory }) else { return "" }
        guard let system else { return directory.json }
        let tables = directory.tables.compactMap { table -> ProjectionTable? in
            let reads = table.reads.filter { $0.system == system }
            let end = table.select.range(of: "AS is_primary")?.upperBound ?? table.select.endIndex
            return reads.isEmpty
                ? nil
                : ProjectionTable(
                    name: table.name,
                    kind: table.kind,
                    reads: reads,
                    select: String(table.select[..<end]),
                    indexes: table.indexes.filter { !$0.contains("org_unit_id") }
                )
        }
        return try ProjectionDefinition(name: .directory, tables: tables).json
    }
}
