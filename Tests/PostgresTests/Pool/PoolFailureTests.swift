import Postgres
import PostgresTesting
import Testing

/// Connections that die in the pool, and callers that leave while the database is away.
@Suite(.database, .timeLimit(.minutes(10)))
struct PoolFailureTests {
    private static let one = PostgresStatement(name: "one", sql: "SELECT 1")
    private static let backend = PostgresStatement(name: "backend", sql: "SELECT pg_backend_pid()")

    private func pool(size: Int = 4, idleCheck: Duration = .seconds(30)) throws -> PostgresPool {
        let database = try #require(TestDatabase.current)
        var configuration = PostgresPoolConfiguration(patient: database.configuration, size: size)
        configuration.idleCheck = idleCheck
        return PostgresPool(configuration, logger: TestDatabase.logger)
    }

    private func terminate(_ process: Int32) async throws {
        try await #require(TestDatabase.current).terminate(process)
    }

    @Test func checkReplacesADeadConnectionBeforeItIsLent() async throws {
        let pool = try pool(idleCheck: .zero)
        let first = try await pool.withConnection { $0.processID }
        try await terminate(first)
        let answer = try await pool.withConnection { connection in
            #expect(connection.processID != first)
            return try await connection.query(Self.one).rowCount
        }
        #expect(answer == 1)
        await pool.shutdown(deadline: .now + .seconds(10))
    }

    @Test func checkKeepsALivingConnection() async throws {
        let pool = try pool(idleCheck: .zero)
        let first = try await pool.withConnection { $0.processID }
        let second = try await pool.withConnection { $0.processID }
        #expect(first == second)
        await pool.shutdown(deadline: .now + .seconds(10))
    }

    @Test func neighboursOfABrokenConnectionAreChecked() async throws {
        let pool = try pool()
        let processes = try await pool.withConnection { first in
            try await pool.withConnection { [first.processID, $0.processID] }
        }
        for process in processes { try await terminate(process) }
        await #expect(throws: PostgresError.self) {
            try await pool.withConnection { try await $0.query(Self.one) }
        }
        let answer = try await pool.withConnection { try await $0.query(Self.one).rowCount }
        #expect(answer == 1)
        await pool.shutdown(deadline: .now + .seconds(10))
    }

    @Test func waiterIsServedWhenTheConnectionBreaks() async throws {
        let pool = try pool(size: 1)
        try await withThrowingTaskGroup(of: Int.self) { group in
            try await pool.withConnection { connection in
                group.addTask { try await pool.query(Self.one).rowCount }
                try await until { pool.statistics.waiting > 0 }
                try await terminate(connection.processID)
                _ = try? await connection.query(Self.one)
            }
            let answer = try await group.next()
            #expect(answer == 1)
        }
        await pool.shutdown(deadline: .now + .seconds(10))
    }

    @Test func thrownErrorsReturnTheConnection() async throws {
        let pool = try pool(size: 1)
        let bad = PostgresStatement(name: "bad", sql: "SELECT 1 / 0")
        for _ in 0..<3 {
            let error = await #expect(throws: PostgresError.self) { try await pool.query(bad) }
            #expect(error?.code == .dataException)
        }
        #expect(pool.statistics.idle == 1)
        await pool.shutdown(deadline: .now + .seconds(10))
    }

    @Test func shutdownRefusesWaiters() async throws {
        let pool = try pool(size: 1)
        try await withThrowingTaskGroup(of: Int.self) { group in
            try await pool.withConnection { _ in
                group.addTask { try await pool.query(Self.one).rowCount }
                try await until { pool.statistics.waiting > 0 }
                await pool.shutdown(deadline: .now)
            }
            let error = await #expect(throws: PostgresError.self) { try await group.next() }
            #expect(error?.code == .closed)
        }
    }

    @Test func cancelledOpenerLeavesItsPartToTheNext() async throws {
        let pool = PostgresPool(
            PostgresPoolConfiguration(connection: PostgresConfiguration(connectionString: "host=/nonexistent")),
            logger: TestDatabase.logger
        )
        try await withThrowingTaskGroup(of: PostgresError.Code?.self) { group in
            let deadline = ContinuousClock.now + .seconds(60)
            for _ in 0..<3 {
                group.addTask {
                    do throws(PostgresError) {
                        _ = try await pool.query(Self.one, deadline: deadline)
                        return nil
                    } catch {
                        return error.code
                    }
                }
            }
            try await until { pool.statistics.waiting >= 2 }
            group.cancelAll()
            for try await code in group { #expect(code == .cancelled) }
        }
        #expect(pool.statistics == PostgresPoolStatistics(inUse: 0, idle: 0, opening: 0, waiting: 0))
    }

    @Test func wrongPasswordDoesNotWait() async throws {
        let database = try #require(TestDatabase.current)
        let string = database.connectionString.replacing("user=postgres", with: "user=nobody")
        let pool = PostgresPool(
            PostgresPoolConfiguration(connection: PostgresConfiguration(connectionString: string)),
            logger: TestDatabase.logger
        )
        let error = await #expect(throws: PostgresError.self) {
            try await pool.query(Self.one, deadline: .now + .seconds(300))
        }
        #expect(error?.code == .authenticationFailed)
        #expect(error?.nothingWasSent == true)
    }
}
