import Postgres
import PostgresTesting
import Testing

@Suite(.database, .timeLimit(.minutes(10)))
struct ResultTests {
    private func query(_ sql: String, _ parameters: [PostgresParameter] = []) async throws -> PostgresResult {
        try await TestDatabase.withConnection { connection in
            try await connection.query(PostgresStatement(name: "result", sql: sql), parameters)
        }
    }

    @Test func rowsKeepTheirOrderAndNulls() async throws {
        let result = try await query("SELECT n, nullif(n, 2) AS m, repeat('x', n) AS s FROM generate_series(1, 3) AS n")
        #expect(result.rowCount == 3)
        #expect(result.columns.map(\.name) == ["n", "m", "s"])
        #expect(try result.rows.map { row in try row["n", as: Int.self] } == [1, 2, 3])
        #expect(try result.rows.map { row in try row["m", as: Int?.self] } == [1, nil, 3])
        #expect(try result.rows.map { row in try row[2, as: String.self] } == ["x", "xx", "xxx"])
    }

    @Test func emptyResultsHaveColumns() async throws {
        let result = try await query("SELECT 1 AS a WHERE false")
        #expect(result.rows.isEmpty)
        #expect(result.first == nil)
        #expect(result.columns.map(\.type) == [.int4])
    }

    @Test func jsonSharesTheBuffer() async throws {
        let result = try await query(#"SELECT '{"a": 1}'::jsonb, '{ }'::json, NULL::jsonb"#)
        let row = try #require(result.first)
        let first = try #require(try row.json(0))
        let second = try #require(try row.json(1))
        #expect(String(decoding: first, as: UTF8.self) == #"{"a": 1}"#)
        #expect(String(decoding: second, as: UTF8.self) == "{ }")
        #expect(try row.json(2) == nil)
        // Both are slices of one array: the first follows the version byte, the second follows the first.
        #expect(first.startIndex == 1)
        #expect(second.startIndex == first.endIndex)
    }

    @Test func wrongColumnsThrow() async throws {
        let row = try #require(try await query("SELECT 1 AS a, NULL::text AS b").first)
        #expect(throws: PostgresError.self) { try row["missing", as: Int.self] }
        #expect(throws: PostgresError.self) { try row[2, as: Int.self] }
        #expect(throws: PostgresError.self) { try row["a", as: String.self] }
        #expect(throws: PostgresError.self) { try row["b", as: String.self] }
        #expect(try row.decode("a", as: Int.self) == 1)
        #expect(try row.decode(0, as: Int64.self) == 1)
    }

    @Test func valuesAreNotPrinted() async throws {
        let result = try await query("SELECT 's3cret' AS a")
        var dumped = ""
        dump(result, to: &dumped)
        dump(result.first, to: &dumped)
        #expect(!"\(result) \(String(reflecting: result.first)) \(dumped)".contains("115"))
        #expect("\(result)" == "PostgresResult(SELECT 1, 1 rows)")
    }

    @Test func resultsOutliveTheirConnection() async throws {
        let result = try await query("SELECT repeat('y', 200000)")
        #expect(try result.first?[0, as: String.self].utf8.count == 200_000)
    }
}
