import EventLog
import Foundation
import Postgres
import PostgresTesting
import Schema

/// The database that tests of queries start from: migrated, with the directory projection and no data.
enum QueryTemplate {
    private static let databaseName = "query_template"

    /// Made once; a stored task, because every test waits for the same one.
    private static let making = Task { try await make() }

    /// The name of the template, once it is made.
    static var name: String {
        get async throws { try await making.value }
    }

    private static func make() async throws -> String {
        let cluster = try TestCluster.shared.get()
        let administration = try await connect(cluster, database: "postgres")
        try await administration.script("CREATE DATABASE \(databaseName)")
        await administration.close()
        let connection = try await connect(cluster, database: databaseName)
        _ = try await Migrator(connection: connection, logger: TestDatabase.logger).migrate()
        let register = PostgresStatement(
            name: "register",
            sql: "SELECT hooklog.register_projection('directory', 'test', true, $1)"
        )
        _ = try await connection.query(register, [.jsonb(try definition())])
        await connection.close()
        return databaseName
    }

    private static func connect(_ cluster: TestCluster, database: String) async throws -> PostgresConnection {
        let configuration = PostgresConfiguration(connectionString: cluster.connectionString(database: database))
        return try await PostgresConnection.connect(configuration, logger: TestDatabase.logger)
    }

    /// The directory's files as the database takes them.
    private static func definition() throws -> String {
        let tables = SQLLibrary.paths(in: "projections/directory").map { path in
            table(named: String(path.split(separator: "/").last?.dropLast(4) ?? ""), SQLLibrary.text(path) ?? "")
        }
        let data = try JSONSerialization.data(withJSONObject: ["tables": tables])
        return String(decoding: data, as: UTF8.self)
    }

    private static func table(named name: String, _ text: String) -> [String: Any] {
        let lines = text.split(separator: "\n").map(String.init)
        func values(_ key: String) -> [String] {
            lines.filter { $0.hasPrefix("-- \(key): ") }.map { String($0.dropFirst(key.count + 5)) }
        }
        let reads = values("reads").flatMap { $0.components(separatedBy: ", ") }.map { read in
            let parts = read.split(separator: "/").map(String.init)
            return ["system": parts[0], "entity_type": parts[1]]
        }
        return [
            "name": name, "kind": values("kind").first ?? "entity", "reads": reads, "indexes": values("index"),
            "comment": "", "select": lines.filter { !$0.hasPrefix("--") }.joined(separator: "\n"),
        ]
    }
}
