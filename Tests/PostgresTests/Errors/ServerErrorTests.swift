import Postgres
import PostgresTesting
import Testing

/// The codes of errors that a real server raises.
@Suite(.database, .timeLimit(.minutes(10)))
struct ServerErrorTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let sql: String
        let code: PostgresError.Code
        var constraint: String?

        var testDescription: String { sql }
    }

    private static let schema = """
        CREATE TABLE parent (id int CONSTRAINT parent_pkey PRIMARY KEY);
        CREATE TABLE child (
            id int NOT NULL CONSTRAINT child_positive CHECK (id > 0),
            parent int CONSTRAINT child_parent REFERENCES parent
        );
        INSERT INTO parent VALUES (1);
        CREATE TABLE parted (id int) PARTITION BY RANGE (id);
        CREATE FUNCTION refuse() RETURNS void LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
        """

    private static let examples = [
        Example(sql: "INSERT INTO parent VALUES (1)", code: .uniqueViolation, constraint: "parent_pkey"),
        Example(sql: "INSERT INTO child VALUES (1, 9)", code: .foreignKeyViolation, constraint: "child_parent"),
        Example(sql: "INSERT INTO child VALUES (NULL, 1)", code: .notNullViolation),
        Example(sql: "INSERT INTO child VALUES (-1, 1)", code: .checkViolation, constraint: "child_positive"),
        Example(sql: "SELECT 1 / (SELECT 0)", code: .dataException),
        Example(sql: "SELECT (SELECT id FROM generate_series(1, 2) AS id)", code: .cardinalityViolation),
        Example(sql: "SELECT nonsense FROM parent", code: .undefinedObject),
        Example(sql: "SELECT nonsense(1)", code: .undefinedObject),
        Example(sql: "SELECT * FROM nonsense", code: .undefinedTable),
        Example(sql: "SELEC 1", code: .syntax),
        Example(sql: "CREATE TABLE parent (a int)", code: .duplicateObject),
        Example(sql: "SELECT refuse()", code: .raised),
        Example(sql: "INSERT INTO parted VALUES (1)", code: .noPartition),
        Example(sql: "DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '58030'; END $$", code: .systemFailure),
    ]

    @Test func errorsHaveTheirCodes() async throws {
        try await TestDatabase.withConnection { connection in
            try await connection.script(Self.schema)
            for example in Self.examples {
                let error = try await failure(of: example.sql, on: connection)
                #expect(error.code == example.code, "\(example.sql)")
                #expect(error.constraint == example.constraint, "\(example.sql)")
                #expect(error.statement == "example")
                #expect(connection.isReusable)
            }
        }
    }

    /// Runs a statement that must fail.
    private func failure(
        of sql: String,
        _ parameters: [PostgresParameter] = [],
        on connection: PostgresConnection
    ) async throws -> PostgresError {
        let statement = PostgresStatement(name: "example", sql: sql)
        let error = await #expect(throws: PostgresError.self, "\(sql)") {
            try await connection.query(statement, parameters)
        }
        return try #require(error)
    }

    @Test func readOnlyTransactionsRefuseWrites() async throws {
        try await TestDatabase.withConnection { connection in
            try await connection.script("CREATE TABLE t (a int); SET default_transaction_read_only = on")
            #expect(try await failure(of: "INSERT INTO t VALUES (1)", on: connection).code == .readOnly)
        }
    }

    @Test func strangersLackPrivileges() async throws {
        let role = "stranger_\(UInt64.random(in: 0 ... .max))"
        try await TestDatabase.withConnection { connection in
            try await connection.script("CREATE TABLE t (a int); CREATE ROLE \(role); SET ROLE \(role)")
            #expect(try await failure(of: "SELECT * FROM t", on: connection).code == .insufficientPrivilege)
            try await connection.script("RESET ROLE; DROP ROLE \(role)")
        }
    }

    @Test func lockTimeoutsAreTold() async throws {
        let database = try #require(TestDatabase.current)
        try await database.withConnection { holder in
            try await holder.script("CREATE TABLE t (a int)")
            try await holder.withTransaction { transaction in
                try await transaction.script("LOCK TABLE t")
                try await database.withConnection { waiter in
                    try await waiter.script("SET lock_timeout = 20")
                    #expect(try await failure(of: "SELECT * FROM t", on: waiter).code == .lockNotAvailable)
                }
            }
        }
    }

    @Test func serializationFailuresAreTold() async throws {
        let database = try #require(TestDatabase.current)
        try await database.withConnection { first in
            try await first.script("CREATE TABLE t (a int); INSERT INTO t VALUES (1)")
            try await database.withConnection { second in
                let update = PostgresStatement(name: "update", sql: "UPDATE t SET a = a + 1")
                let error = await #expect(throws: PostgresError.self) {
                    try await first.withTransaction { transaction in
                        try await transaction.script("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SELECT * FROM t")
                        _ = try await second.query(update)
                        _ = try await transaction.query(update)
                    }
                }
                #expect(error?.code == .serializationFailure)
                #expect(first.isReusable)
            }
        }
    }

    @Test func textWithAZeroByteIsRefused() async throws {
        try await TestDatabase.withConnection { connection in
            let error = try await failure(of: "SELECT $1", [.text("a\0b")], on: connection)
            #expect(error.code == .dataException)
            #expect(connection.isReusable)
        }
    }

    @Test func tooManyParametersAreRefusedBeforeSending() async throws {
        try await TestDatabase.withConnection { connection in
            let parameters = [PostgresParameter](repeating: .bool(true), count: 70_000)
            let error = try await failure(of: "SELECT 1", parameters, on: connection)
            #expect(error.code == .misuse)
            #expect(error.nothingWasSent)
            #expect(connection.isReusable)
        }
    }
}
