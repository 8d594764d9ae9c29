import Postgres
import PostgresTesting
import Schema
import Testing

/// What lets a workspace be moved to another PostgreSQL by copying rows.
@Suite(.database, .timeLimit(.minutes(10)))
struct TenantTableTests {
    private func column(_ sql: String) async throws -> [String] {
        let database = try #require(TestDatabase.current)
        return try await database.withConnection { connection in
            _ = try await Migrator(connection: connection, logger: TestDatabase.logger).migrate()
            let result = try await connection.query(PostgresStatement(name: "tables", sql: sql))
            return try result.rows.map { try $0.decode(0, as: String.self) }
        }
    }

    /// The other tables are about the installation: none may hold a tenant's data.
    @Test func keyOfEveryTenantTableBeginsWithItsWorkspace() async throws {
        let others = try await column(
            """
            SELECT c.relname::text
            FROM pg_class AS c
            LEFT JOIN pg_index AS i ON i.indrelid = c.oid AND i.indisprimary
            LEFT JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
            WHERE c.relnamespace = 'hooklog'::regnamespace
                AND c.relkind IN ('r', 'p')
                AND a.attname IS DISTINCT FROM 'workspace_id'
            ORDER BY 1
            """
        )
        #expect(
            others == [
                "installed_functions", "migration", "projection_generation", "refused_projection", "write_trial",
            ]
        )
    }

    @Test func noTableHasAForeignKey() async throws {
        #expect(try await column("SELECT conname::text FROM pg_constraint WHERE contype = 'f'") == [])
    }
}
