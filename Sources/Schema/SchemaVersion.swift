import Crypto
import Postgres

/// What is installed in a database, or what this build would install.
package struct SchemaVersion: Sendable, Hashable {
    /// The number of the last migration; 0 for an empty database.
    package let migration: Int
    /// The hash of the functions' files.
    package let functions: String

    /// What this build installs.
    package static let ofThisBuild = SchemaVersion(
        migration: Migration.all.last?.version ?? 0,
        functions: hash(of: SQLLibrary.functionPaths + SQLLibrary.paths(in: "roles"))
    )

    /// Reads what is installed in the database of `connection`; `nil` when nothing is.
    package static func installed(in connection: PostgresConnection) async throws(PostgresError) -> SchemaVersion? {
        let found = try await connection.query(Queries.findSchema)
        guard try found.first?.decode("installed", as: Bool.self) == true else { return nil }
        guard let row = try await connection.query(Queries.readSchemaVersion).first else { return nil }
        return SchemaVersion(
            migration: Int(try row.decode("version", as: Int32.self)),
            functions: try row.decode("functions", as: String.self)
        )
    }

    /// Throws unless `installed` is just what this build needs.
    package static func check(_ installed: SchemaVersion?) throws(SchemaError) {
        let needed = ofThisBuild
        guard let installed else {
            throw SchemaError(code: .notInstalled, installed: 0, needed: needed.migration)
        }
        guard installed != needed else { return }
        throw SchemaError(
            code: installed.migration > needed.migration ? .newer : .outdated,
            installed: installed.migration,
            needed: needed.migration
        )
    }

    private static func hash(of paths: [String]) -> String {
        var hash = SHA256()
        for path in paths {
            hash.update(data: Array((path + "\n" + (SQLLibrary.text(path) ?? "") + "\n").utf8))
        }
        return hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
