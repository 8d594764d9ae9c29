import Postgres
import PostgresTesting
import Testing

@Suite(.database, .timeLimit(.minutes(10)))
struct CopyTests {
    private struct Enough: Error {}

    private static let many = PostgresStatement(
        name: "copy_many",
        sql: "COPY (SELECT n, repeat('x', 50) FROM generate_series(1, 200000) AS n) TO STDOUT"
    )

    private func expectUsable(_ connection: PostgresConnection) async throws {
        #expect(connection.isReusable)
        #expect(try await connection.query(PostgresStatement(name: "one", sql: "SELECT 1")).rowCount == 1)
    }

    @Test func allRowsArriveInPieces() async throws {
        let database = try #require(TestDatabase.current)
        try await database.withConnection { connection in
            var lines = 0
            var pieces = 0
            try await connection.copyOut(Self.many) { chunk in
                pieces += 1
                #expect(chunk.last == UInt8(ascii: "\n"))
                lines += chunk.count { $0 == UInt8(ascii: "\n") }
            }
            #expect(lines == 200_000)
            #expect(pieces > 10)
            try await expectUsable(connection)
        }
    }

    @Test func emptyCopyHasNoPieces() async throws {
        let database = try #require(TestDatabase.current)
        try await database.withConnection { connection in
            let empty = PostgresStatement(name: "copy_empty", sql: "COPY (SELECT 1 WHERE false) TO STDOUT")
            try await connection.copyOut(empty) { _ in Issue.record("there is nothing to copy") }
            try await expectUsable(connection)
        }
    }

    @Test func throwingStopsTheCopy() async throws {
        let database = try #require(TestDatabase.current)
        try await database.withConnection { connection in
            await #expect(throws: Enough.self) {
                try await connection.copyOut(Self.many) { _ in throw Enough() }
            }
            try await expectUsable(connection)
        }
    }

    @Test func failureInTheMiddleThrows() async throws {
        let database = try #require(TestDatabase.current)
        try await database.withConnection { connection in
            let failing = PostgresStatement(
                name: "copy_failing",
                sql: "COPY (SELECT 1 / (n - 90000) FROM generate_series(1, 100000) AS n) TO STDOUT"
            )
            let error = await #expect(throws: PostgresError.self) { try await connection.copyOut(failing) { _ in } }
            #expect(error?.code == .dataException)
            try await expectUsable(connection)
        }
    }

    @Test func deadlineStopsTheCopy() async throws {
        let database = try #require(TestDatabase.current)
        try await database.withConnection { connection in
            let slow = PostgresStatement(
                name: "copy_slow",
                sql: "COPY (SELECT pg_sleep(0.05) FROM generate_series(1, 1000)) TO STDOUT"
            )
            let error = await #expect(throws: PostgresError.self) {
                try await connection.copyOut(slow, deadline: .now + .milliseconds(200)) { _ in }
            }
            #expect(error?.code == .deadlineExceeded)
            try await expectUsable(connection)
        }
    }

    @Test func otherCallsAreRefusedMeanwhile() async throws {
        let database = try #require(TestDatabase.current)
        try await database.withConnection { connection in
            let one = PostgresStatement(name: "one", sql: "SELECT 1")
            try await connection.copyOut(Self.many) { _ in
                let error = await #expect(throws: PostgresError.self) { try await connection.query(one) }
                #expect(error?.code == .misuse)
            }
            try await expectUsable(connection)
        }
    }

    @Test(arguments: ["SELECT 1", "COPY pg_class FROM STDIN", "COPY nonsense TO STDOUT"])
    func otherStatementsAreRefused(sql: String) async throws {
        let database = try #require(TestDatabase.current)
        try await database.withConnection { connection in
            await #expect(throws: PostgresError.self) {
                try await connection.copyOut(PostgresStatement(name: "not_copy", sql: sql)) { _ in }
            }
            try await expectUsable(connection)
        }
    }
}
