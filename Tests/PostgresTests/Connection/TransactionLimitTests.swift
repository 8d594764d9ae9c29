import Postgres
import PostgresTesting
import Testing

/// Transactions whose caller runs out of time, or loses the server.
@Suite(.database, .timeLimit(.minutes(10)))
struct TransactionLimitTests {
    private static let sleep = PostgresStatement(name: "sleep", sql: "SELECT pg_sleep(30)")
    private static let one = PostgresStatement(name: "one", sql: "SELECT 1")

    @Test func deadlineInsideRollsBack() async throws {
        try await TestDatabase.withConnection { connection in
            try await connection.script("CREATE TABLE t (a int)")
            let error = await #expect(throws: PostgresError.self) {
                try await connection.withTransaction { transaction in
                    try await transaction.script("INSERT INTO t VALUES (1)")
                    _ = try await transaction.query(Self.sleep, deadline: .now + .milliseconds(50))
                }
            }
            #expect(error?.code == .deadlineExceeded)
            #expect(connection.isReusable)
            let count = PostgresStatement(name: "count", sql: "SELECT count(*) FROM t")
            let row = try #require(try await connection.query(count).first)
            #expect(try row[0, as: Int.self] == 0)
        }
    }

    @Test func passedDeadlineBeginsNothing() async throws {
        try await TestDatabase.withConnection { connection in
            let error = await #expect(throws: PostgresError.self) {
                try await connection.withTransaction(deadline: .now - .seconds(1)) { _ in
                    Issue.record("the transaction must not begin")
                }
            }
            #expect(error?.code == .deadlineExceeded)
            let answer = try await connection.query(Self.one)
            #expect(answer.rowCount == 1)
        }
    }

    @Test func lostServerEndsTheTransaction() async throws {
        let database = try #require(TestDatabase.current)
        try await database.withConnection { connection in
            let error = await #expect(throws: PostgresError.self) {
                try await connection.withTransaction { transaction in
                    try await database.terminate(transaction.processID)
                    _ = try await transaction.query(Self.one)
                }
            }
            #expect(error?.code == .connectionLost)
            #expect(!connection.isReusable)
            let later = await #expect(throws: PostgresError.self) { try await connection.query(Self.one) }
            #expect(later?.code == .closed)
        }
    }

    @Test func transactionsFollowOneAnother() async throws {
        try await TestDatabase.withConnection { connection in
            for number in 0..<20 {
                let value = try await connection.withTransaction { transaction in
                    try await transaction.query(
                        PostgresStatement(name: "echo", sql: "SELECT $1"),
                        [.int4(Int32(number))]
                    )
                }
                #expect(try value.first?[0, as: Int.self] == number)
            }
            #expect(connection.isReusable)
        }
    }
}
