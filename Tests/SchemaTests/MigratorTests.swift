import Postgres
import PostgresTesting
import Testing

@testable import Schema

@Suite(.database, .timeLimit(.minutes(10)))
struct MigratorTests {
    private let database: TestDatabase

    init() throws {
        database = try #require(TestDatabase.current)
    }

    private func migrate() async throws -> Migrator.Outcome {
        try await database.withConnection { connection in
            try await Migrator(connection: connection, logger: TestDatabase.logger).migrate()
        }
    }

    @Test func emptyDatabaseIsBroughtToThisBuild() async throws {
        let outcome = try await migrate()
        #expect(outcome.previous == 0)
        #expect(outcome.current == SchemaVersion.ofThisBuild.migration)
        #expect(outcome.replacedFunctions)
        try await database.withConnection { connection in
            let installed = try await SchemaVersion.installed(in: connection)
            #expect(installed == SchemaVersion.ofThisBuild)
            let partitions = try await connection.query(
                PostgresStatement(
                    name: "partitions",
                    sql: "SELECT count(*) FROM pg_inherits WHERE inhparent = 'hooklog.event'::regclass"
                )
            )
            #expect(try partitions.first?.decode(0, as: Int64.self) == Int64(Migrator.partitionMonths))
        }
    }

    @Test func secondRunChangesNothing() async throws {
        _ = try await migrate()
        let outcome = try await migrate()
        #expect(outcome.previous == outcome.current)
        #expect(!outcome.replacedFunctions)
    }

    /// What runs with its owner's rights must never find what another user has made, nor must what it calls.
    @Test func functionsHaveTheirSearchPath() async throws {
        _ = try await migrate()
        let bare = PostgresStatement(
            name: "bare",
            sql: """
                SELECT p.oid::regprocedure::text
                FROM pg_proc AS p
                JOIN pg_language AS l ON l.oid = p.prolang
                WHERE p.pronamespace = 'hooklog'::regnamespace
                    AND (p.prosecdef OR l.lanname = 'plpgsql' AND p.proparallel <> 's')
                    AND 'search_path=pg_catalog, pg_temp' <> ALL (coalesce(p.proconfig, '{}'))
                """
        )
        try await database.withConnection { connection in
            let rows = try await connection.query(bare).rows
            #expect(try rows.map { try $0.decode(0, as: String.self) } == [])
        }
    }

    @Test func processesThatMigrateAtOnceDoItOneAfterTheOther() async throws {
        let outcomes = try await withThrowingTaskGroup { group in
            for _ in 0..<4 { group.addTask { try await migrate() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.filter { $0.previous == 0 }.count == 1)
        #expect(outcomes.filter(\.replacedFunctions).count == 1)
    }

    @Test func changedFunctionsAreReplacedAndDataStays() async throws {
        _ = try await migrate()
        try await database.withConnection { connection in
            try await connection.script(
                """
                SELECT hooklog.create_workspace('acme', 'Acme');
                SELECT hooklog.append(1, '{5}', '{pivotal}', '{msg_1}', '{evt_1}', '{unknown}', '{NULL}', '{NULL}', '{NULL}', '{NULL}', '{NULL}', '{"{}"}',
                    ARRAY['{"id":"evt_1"}'::bytea]);
                UPDATE hooklog.installed_functions SET sha256 = 'an older build';
                CREATE OR REPLACE FUNCTION hooklog.deletes(type text) RETURNS boolean LANGUAGE sql AS 'SELECT true';
                DROP FUNCTION hooklog.pending_projections(bigint, integer);
                CREATE FUNCTION hooklog.pending_projections(after_workspace bigint, max_workspaces integer)
                    RETURNS TABLE (other_columns text) LANGUAGE sql AS 'SELECT NULL';
                CREATE FUNCTION hooklog.of_an_older_build() RETURNS text LANGUAGE sql AS 'SELECT NULL';
                """
            )
            await #expect(throws: SchemaError.self) {
                try SchemaVersion.check(try await SchemaVersion.installed(in: connection))
            }
        }
        let outcome = try await migrate()
        #expect(outcome.replacedFunctions)
        try await database.withConnection { connection in
            try SchemaVersion.check(try await SchemaVersion.installed(in: connection))
            let row = try await connection.query(
                PostgresStatement(
                    name: "read",
                    sql: """
                        SELECT
                            count(*),
                            hooklog.deletes('contact.created'),
                            (SELECT p.workspaces FROM hooklog.pending_projections(0, 10) AS p),
                            to_regproc('hooklog.of_an_older_build') IS NULL
                        FROM hooklog.event
                        """
                )
            )
            #expect(try row.first?.decode(0, as: Int64.self) == 1)
            #expect(try row.first?.decode(1, as: Bool.self) == false)
            #expect(try row.first?.decode(2, as: Int64.self) == 1)
            #expect(try row.first?.decode(3, as: Bool.self) == true)
        }
    }

    @Test func newerSchemaIsRefusedAndLeftAlone() async throws {
        _ = try await migrate()
        try await database.withConnection { connection in
            _ = try await connection.script(
                "INSERT INTO hooklog.migration (version, name, applied_at) VALUES (9999, 'future', now())"
            )
        }
        let failure = await #expect(throws: SchemaError.self) { try await migrate() }
        #expect(failure?.code == .newer)
        #expect(failure?.description.contains("9999") == true)
    }

    @Test func failedMigrationLeavesNothingBehind() async throws {
        try await database.withConnection { connection in
            _ = try await connection.script(
                "CREATE SCHEMA hooklog; CREATE TABLE hooklog.workspace (taken integer)"
            )
        }
        await #expect(throws: PostgresError.self) { try await migrate() }
        try await database.withConnection { connection in
            let installed = try await SchemaVersion.installed(in: connection)
            #expect(installed == nil)
        }
    }

    @Test func emptyDatabaseIsNotInstalled() async throws {
        try await database.withConnection { connection in
            let installed = try await SchemaVersion.installed(in: connection)
            let failure = #expect(throws: SchemaError.self) { try SchemaVersion.check(installed) }
            #expect(failure?.code == .notInstalled)
            #expect(failure?.description.contains("hooklog migrate") == true)
        }
    }
}
