import Postgres
import PostgresTesting
import Testing

/// Prepared statements are reused, replaced when stale, and bounded.
@Suite(.database, .timeLimit(.minutes(10)))
struct StatementTests {
    /// Counts the statements that are prepared, but for what the session was told at its beginning.
    private static let prepared = PostgresStatement(
        name: "prepared",
        sql: """
            SELECT count(*), coalesce(sum(generic_plans + custom_plans), 0)::int8
            FROM pg_prepared_statements
            WHERE statement !~ 'set_confi[g]'
            """
    )

    @Test func statementIsPreparedOnce() async throws {
        try await TestDatabase.withConnection { connection in
            for round in 1...5 {
                let row = try #require(try await connection.query(Self.prepared).first)
                #expect(try row[0, as: Int.self] == 1)
                #expect(try row[1, as: Int.self] >= round - 1)
            }
        }
    }

    @Test func parsingTakesOneStatementAndRunsNone() async throws {
        try await TestDatabase.withConnection { connection in
            try await connection.parse("SELECT 1 / 0")
            try await connection.parse("CREATE TABLE parsed ()")
            let error = await #expect(throws: PostgresError.self) {
                try await connection.parse("SELECT 1; CREATE TABLE parsed ()")
            }
            #expect(error?.code == .syntax)
            let misplaced = await #expect(throws: PostgresError.self) { try await connection.parse("SELECT\n1 ) AS a") }
            #expect(misplaced?.line == 2)
            #expect(misplaced?.position == 10)
            let tables = PostgresStatement(name: "tables", sql: "SELECT to_regclass('parsed')::text AS made")
            #expect(try await connection.query(tables).first?["made", as: String?.self] == .some(nil))
        }
    }

    @Test func changedTablesAreReprepared() async throws {
        try await TestDatabase.withConnection { connection in
            try await connection.script("CREATE TABLE t (a int); INSERT INTO t VALUES (1)")
            let select = PostgresStatement(name: "select_t", sql: "SELECT * FROM t")
            #expect(try await connection.query(select).columns.count == 1)
            try await connection.script("ALTER TABLE t ADD COLUMN b text DEFAULT 'x'")
            #expect(try await connection.query(select).columns.count == 2)
            try await connection.script("DEALLOCATE ALL")
            #expect(try await connection.query(select).columns.count == 2)
        }
    }

    @Test func staleStatementInATransactionFailsOnce() async throws {
        try await TestDatabase.withConnection { connection in
            try await connection.script("CREATE TABLE t (a int)")
            let select = PostgresStatement(name: "select_t", sql: "SELECT * FROM t")
            _ = try await connection.query(select)
            try await connection.script("ALTER TABLE t ADD COLUMN b text")
            let error = await #expect(throws: PostgresError.self) {
                try await connection.withTransaction { _ = try await $0.query(select) }
            }
            #expect(error?.code == .featureNotSupported)
            let columns = try await connection.withTransaction { try await $0.query(select).columns.count }
            #expect(columns == 2)
        }
    }

    @Test func cacheIsBoundedOnTheServerToo() async throws {
        let database = try #require(TestDatabase.current)
        var configuration = database.configuration
        configuration.preparedStatementLimit = 4
        let connection = try await PostgresConnection.connect(configuration, logger: TestDatabase.logger)
        for number in 0..<20 {
            _ = try await connection.query(PostgresStatement(name: "s\(number)", sql: "SELECT \(number)"))
        }
        _ = try await connection.query(Self.prepared)
        let count = try await connection.query(Self.prepared).first?[0, as: Int.self]
        #expect(count == 4)
        await connection.close()
    }

    @Test func failedPreparationIsForgotten() async throws {
        try await TestDatabase.withConnection { connection in
            let select = PostgresStatement(name: "later", sql: "SELECT * FROM later")
            let error = await #expect(throws: PostgresError.self) { try await connection.query(select) }
            #expect(error?.code == .undefinedTable)
            try await connection.script("CREATE TABLE later (a int)")
            #expect(try await connection.query(select).rowCount == 0)
        }
    }

    @Test func oneStatementTakesSeveralParameterTypes() async throws {
        try await TestDatabase.withConnection { connection in
            let echo = PostgresStatement(name: "echo", sql: "SELECT $1")
            let number = try #require(try await connection.query(echo, [.int8(1)]).first)
            let text = try #require(try await connection.query(echo, [.text("a")]).first)
            let null = try #require(try await connection.query(echo, [.int8(nil)]).first)
            let values = (try number[0, as: Int64.self], try text[0, as: String.self], try null[0, as: Int64?.self])
            #expect(values == (1, "a", nil))
        }
    }
}
