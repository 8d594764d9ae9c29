import Postgres
import PostgresTesting
import Testing

@Suite(.database, .timeLimit(.minutes(10)))
struct TransactionTests {
    private struct Refusal: Error {}

    private static let insert = PostgresStatement(name: "insert", sql: "INSERT INTO t VALUES ($1)")

    /// Runs `body` with a connection whose database has table `t`, then returns its row count.
    private func rowCount(after body: (PostgresConnection) async throws -> Void) async throws -> Int {
        try await TestDatabase.withConnection { connection in
            try await connection.script("CREATE TABLE t (a int8 PRIMARY KEY)")
            try await body(connection)
            #expect(connection.isReusable)
            let count = PostgresStatement(name: "count", sql: "SELECT count(*) FROM t")
            return try #require(try await connection.query(count).first)[0, as: Int.self]
        }
    }

    @Test func returningCommits() async throws {
        let count = try await rowCount { connection in
            let value = try await connection.withTransaction { transaction in
                _ = try await transaction.query(Self.insert, [.int8(1)])
                return "done"
            }
            #expect(value == "done")
        }
        #expect(count == 1)
    }

    @Test func throwingRollsBack() async throws {
        let count = try await rowCount { connection in
            await #expect(throws: Refusal.self) {
                try await connection.withTransaction { transaction in
                    _ = try await transaction.query(Self.insert, [.int8(1)])
                    throw Refusal()
                }
            }
        }
        #expect(count == 0)
    }

    @Test func swallowedErrorsDoNotPassForACommit() async throws {
        let count = try await rowCount { connection in
            let error = await #expect(throws: PostgresError.self) {
                try await connection.withTransaction { transaction in
                    _ = try await transaction.query(Self.insert, [.int8(1)])
                    _ = try? await transaction.query(Self.insert, [.int8(1)])
                }
            }
            #expect(error?.code == .invalidTransactionState)
        }
        #expect(count == 0)
    }

    @Test func deferredConstraintsFailTheCommit() async throws {
        let count = try await rowCount { connection in
            try await connection.script("ALTER TABLE t ADD CONSTRAINT late UNIQUE (a) DEFERRABLE INITIALLY DEFERRED")
            try await connection.script("ALTER TABLE t DROP CONSTRAINT t_pkey")
            let error = await #expect(throws: PostgresError.self) {
                try await connection.withTransaction { transaction in
                    _ = try await transaction.query(Self.insert, [.int8(1)])
                    _ = try await transaction.query(Self.insert, [.int8(1)])
                }
            }
            #expect(error?.code == .uniqueViolation)
            #expect(error?.constraint == "late")
        }
        #expect(count == 0)
    }

    @Test func autocommitReportsWhatFailsAtTheCommit() async throws {
        let count = try await rowCount { connection in
            try await connection.script("ALTER TABLE t DROP CONSTRAINT t_pkey")
            try await connection.script("ALTER TABLE t ADD CONSTRAINT late UNIQUE (a) DEFERRABLE INITIALLY DEFERRED")
            let twice = PostgresStatement(name: "twice", sql: "INSERT INTO t VALUES ($1), ($1)")
            let error = await #expect(throws: PostgresError.self) { try await connection.query(twice, [.int8(1)]) }
            #expect(error?.code == .uniqueViolation)
            let outcomes = try await connection.pipeline([PostgresCall(twice, [.int8(1)])])
            #expect(throws: PostgresError.self) { try outcomes.first?.get() }
        }
        #expect(count == 0)
    }

    @Test func cancelledTransactionRollsBack() async throws {
        let count = try await rowCount { connection in
            let error = await #expect(throws: PostgresError.self) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        try await connection.withTransaction { transaction in
                            _ = try await transaction.query(Self.insert, [.int8(1)])
                            withUnsafeCurrentTask { $0?.cancel() }
                            _ = try await transaction.query(Self.insert, [.int8(2)])
                        }
                    }
                    try await group.waitForAll()
                }
            }
            #expect(error?.code == .cancelled)
        }
        #expect(count == 0)
    }
}
