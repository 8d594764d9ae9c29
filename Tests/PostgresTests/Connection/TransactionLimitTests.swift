import Postgres
import PostgresTesting
import Testing

/// Transactions whose caller runs out of time, or loses the server.
@Suite(.database, .timeLimit(.minutes(10)))
struct TransactionLimitTests {
    private static let sleep = PostgresStatement(name: "sleep", sql: "SELECT pg_sleep(30)")
    private static let one = PostgresStatement(name: "one", sql: "SELECT 1")

    @Test func deadlineInsideRollsBack() async throws {
        let database = try #require(TestDatabase.current)
        try await database.withConnection { connection in
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
        let database = try #require(TestDatabase.current)
        try await database.withConnection { connection in
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
            try await database.withConnection { other in
                let terminate = PostgresStatement(name: "terminate", sql: "SELECT pg_terminate_backend($1, 5000)")
                let error = await #expect(throws: PostgresError.self) {
                    try await connection.withTransaction { transaction in
                        _ = try await other.query(terminate, [.int4(transaction.processID)])
                        _ = try await transaction.query(Self.one)
                    }
                }
                #expect(error?.code == .connectionLost)
                #expect(!connection.isReusable)
                let later = await #expect(throws: PostgresError.self) { try await connection.query(Self.one) }
                #expect(later?.code == .closed)
                _ = try await other.query(Self.one)
            }
        }
    }

    @Test func transactionsFollowOneAnother() async throws {
        let database = try #require(TestDatabase.current)
        try await database.withConnection { connection in
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
