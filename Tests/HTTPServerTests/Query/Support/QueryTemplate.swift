import EventLog
import Foundation
import Postgres
import PostgresTesting
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
        let cluster = try TestCluster.shared.get()
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

    /// The directory's files as the database takes them.
    ///
    /// - Parameter system: Whose objects alone are read, without the columns that came with the other systems; nil is all.
    private static func definition(onlySystem system: String? = nil) throws -> String {
        let tables = SQLLibrary.paths(in: "projections/directory").compactMap { path -> [String: Any]? in
            var text = SQLLibrary.text(path) ?? ""
            if let system {
                guard text.contains("\(system)/") else { return nil }
                if let end = text.range(of: "AS is_primary")?.upperBound { text = String(text[..<end]) }
            }
            return table(
                named: String(path.split(separator: "/").last?.dropLast(4) ?? ""),
                text,
                onlySystem: system
            )
        }
        let data = try JSONSerialization.data(withJSONObject: ["tables": tables])
        return String(decoding: data, as: UTF8.self)
    }

    private static func table(named name: String, _ text: String, onlySystem system: String?) -> [String: Any] {
        let lines = text.split(separator: "\n").map(String.init)
        func values(_ key: String) -> [String] {
            lines.filter { $0.hasPrefix("-- \(key): ") }.map { String($0.dropFirst(key.count + 5)) }
        }
        let reads = values("reads").flatMap { $0.components(separatedBy: ", ") }.map { read in
            let parts = read.split(separator: "/").map(String.init)
            return ["system": parts[0], "entity_type": parts[1]]
        }
        .filter { system == nil || $0["system"] == system }
        return [
            "name": name, "kind": values("kind").first ?? "entity", "reads": reads,
            "indexes": values("index").filter { system == nil || !$0.contains("org_unit_id") },
            "comment": "", "select": lines.filter { !$0.hasPrefix("--") }.joined(separator: "\n"),
        ]
    }
}
