import Postgres
import Projections
import Schema

/// Installs and checks the schema of a database, and the projections that are wanted in it.
struct SchemaInstallation: Sendable {
    let database: Database
    let projections: ProjectionCatalog

    /// Brings the schema to this build's version and registers the projections, on a connection of its own without a time
    /// limit for statements.
    func migrate() async throws -> Migrator.Outcome {
        try await withConnection { connection in
            let outcome = try await Migrator(connection: connection, logger: database.logger).migrate()
            let registry = ProjectionRegistry(connection: connection)
            _ = try await registry.register(projections.builtIn, builtIn: true)
            _ = try await registry.register(projections.user, builtIn: false)
            return outcome
        }
    }

    /// Makes the schema ready for `serve`: an empty database and an embedded one are migrated.
    ///
    /// - Throws: `SchemaError` when an external database has another version than this build's.
    func prepareToServe() async throws {
        let installed = try await withConnection { try await SchemaVersion.installed(in: $0) }
        guard installed == nil || database.cluster != nil else { return try SchemaVersion.check(installed) }
        _ = try await migrate()
    }

    private func withConnection<Value: Sendable>(
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        var configuration = database.configuration
        configuration.statementTimeout = nil
        configuration.sessionStatements = []
        let connection = try await PostgresConnection.connect(configuration, logger: database.logger)
        do {
            let value = try await body(connection)
            await connection.close()
            return value
        } catch {
            await connection.close()
            throw error
        }
    }
}
