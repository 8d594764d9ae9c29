import Postgres
import PostgresTesting
import Schema
import Testing

/// What the roles of the service and of users' projections may and may not do.
@Suite(.database, .timeLimit(.minutes(10)))
struct RoleTests {
    private let database: TestDatabase

    init() throws {
        database = try #require(TestDatabase.current)
    }

    private func run(_ sql: String, as role: String) async throws {
        try await database.withConnection { connection in
            _ = try await Migrator(connection: connection, logger: TestDatabase.logger).migrate()
            try await connection.script("SET ROLE \(role)")
            try await connection.script(sql)
        }
    }

    @Test(arguments: [
        "INSERT INTO hooklog.log_head VALUES (1, 0, now())",
        "UPDATE hooklog.event SET type = 'changed'",
        "DELETE FROM hooklog.event",
        "DELETE FROM hooklog.delivery",
        "TRUNCATE hooklog.event",
        "UPDATE hooklog.checkpoint SET position = 0",
        "DELETE FROM hooklog.source",
        "CREATE TABLE hooklog.mine (n integer)",
    ])
    func serviceMayNotWriteWhatFunctionsGuard(sql: String) async throws {
        let failure = await #expect(throws: PostgresError.self) { try await run(sql, as: "hooklog_service") }
        #expect(failure?.code == .insufficientPrivilege)
    }

    @Test func serviceMayAppendAndRead() async throws {
        try await run(
            """
            SELECT hooklog.create_workspace('acme', 'Acme');
            SELECT hooklog.append(1, '{5}', '{pivotal}', '{msg_1}', '{evt_1}', '{unknown}', '{NULL}', '{NULL}', '{NULL}', '{NULL}', '{NULL}', '{"{}"}',
                ARRAY['{"id":"evt_1"}'::bytea]);
            SELECT position FROM hooklog.event;
            INSERT INTO hooklog.source VALUES (1, 5, 'pivotal', 'main', '{}', now(), NULL);
            """,
            as: "hooklog_service"
        )
    }

    @Test(arguments: [
        "SELECT sealed FROM hooklog.source_secret",
        "SELECT key_sha256 FROM hooklog.api_key",
        "INSERT INTO hooklog.dead_letter (workspace_id) VALUES (1)",
        "SELECT hooklog.append(1, '{5}', '{pivotal}', '{msg_1}', '{evt_1}', '{unknown}', '{NULL}', '{NULL}', '{NULL}', '{NULL}', '{NULL}', "
            + "'{\"{}\"}', ARRAY['x'::bytea])",
        "SELECT hooklog.drop_generation('directory', 1)",
    ])
    func projectionMayNotReadSecretsOrAppend(sql: String) async throws {
        let failure = await #expect(throws: PostgresError.self) { try await run(sql, as: "hooklog_projection") }
        #expect(failure?.code == .insufficientPrivilege)
    }

    @Test(arguments: ["hooklog", "hooklog_data", "projection"])
    func projectionMayMakeNothing(schema: String) async throws {
        for sql in ["CREATE TABLE \(schema).mine ()", "CREATE FUNCTION \(schema).f() RETURNS int RETURN 1"] {
            let failure = await #expect(throws: PostgresError.self) { try await run(sql, as: "hooklog_projection") }
            #expect(failure?.code == .insufficientPrivilege)
        }
    }

    @Test func projectionMayReadTheLogAndItsDocuments() async throws {
        try await run("SELECT position, hooklog.text(payload, 'id') AS id FROM hooklog.event", as: "hooklog_projection")
    }
}
