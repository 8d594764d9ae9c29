import Logging
import Postgres

/// Brings a database to the schema of this build.
///
/// Migrations run forward only, each once; functions are replaced as a whole when a file of theirs changed. All of it is
/// one transaction under a lock, so it happens completely or not at all, and two processes that migrate at once do it
/// one after the other.
package struct Migrator: Sendable {
    /// What a run did.
    package struct Outcome: Sendable, Hashable {
        /// The version before; 0 for an empty database.
        package let previous: Int
        /// The version now.
        package let current: Int
        /// Whether the functions were replaced.
        package let replacedFunctions: Bool
    }

    /// How many months of the log have their partitions made ahead, the current one included.
    package static let partitionMonths: Int32 = 13

    private let connection: PostgresConnection
    private let logger: Logger

    /// Creates a migrator for the database of `connection`, whose role must be allowed to make schemas there.
    package init(connection: PostgresConnection, logger: Logger) {
        self.connection = connection
        self.logger = logger
    }

    /// Migrates the database.
    ///
    /// - Throws: `SchemaError` when the schema is newer than this build, `PostgresError` when a statement failed; nothing
    ///   has changed then.
    package func migrate() async throws -> Outcome {
        let installed = try await SchemaVersion.installed(in: connection)
        let needed = SchemaVersion.ofThisBuild
        if let installed, installed.migration > needed.migration { try SchemaVersion.check(installed) }
        let outcome = try await connection.withTransaction { connection in
            _ = try await connection.query(Queries.lockMigration)
            try await connection.script(file("schema/0000_bookkeeping.sql"))
            return try await applyAll(on: connection, needed: needed)
        }
        logger.info(
            "Schema migrated",
            metadata: ["schema.previous": "\(outcome.previous)", "schema.version": "\(outcome.current)"]
        )
        return outcome
    }

    private func applyAll(on connection: PostgresConnection, needed: SchemaVersion) async throws -> Outcome {
        let installed = try await SchemaVersion.installed(in: connection)
        let previous = installed?.migration ?? 0
        for migration in Migration.all where migration.version > previous {
            try await connection.script(file(migration.path))
            _ = try await connection.query(
                Queries.recordMigration,
                [.int4(Int32(migration.version)), .text(migration.name)]
            )
        }
        let replaces = installed?.functions != needed.functions
        if replaces || previous < needed.migration {
            try await replaceFunctions(on: connection, needed: needed)
        }
        _ = try await connection.query(Queries.makePartitions, [.int4(Self.partitionMonths)])
        return Outcome(previous: previous, current: needed.migration, replacedFunctions: replaces)
    }

    private func replaceFunctions(on connection: PostgresConnection, needed: SchemaVersion) async throws {
        try await connection.script(file("roles/create_roles.sql"))
        _ = try await connection.query(Queries.dropFunctions)
        _ = try await connection.query(Queries.deferFunctionChecks)
        for path in SQLLibrary.functionPaths {
            try await connection.script(file(path))
        }
        try await connection.script(file("roles/grant_functions.sql"))
        try await connection.script(file("roles/grant_projection.sql"))
        try await connection.script(file("roles/grant_service.sql"))
        _ = try await connection.query(Queries.recordFunctions, [.text(needed.functions)])
    }

    private func file(_ path: String) -> String {
        guard let text = SQLLibrary.text(path) else { preconditionFailure("There is no sql/\(path) in this build.") }
        return text
    }
}
