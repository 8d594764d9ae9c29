import Postgres
import PostgresTesting
import Testing

@Suite(.database, .timeLimit(.minutes(10)))
struct PostgresPoolTests {
    private static let one = PostgresStatement(name: "one", sql: "SELECT 1")
    private static let echo = PostgresStatement(name: "echo", sql: "SELECT $1, pg_backend_pid()")

    /// Runs `body` with a pool, which is shut down afterwards.
    private func withPool(
        size: Int = 4,
        waiterLimit: Int = 256,
        _ body: (PostgresPool) async throws -> Void
    ) async throws {
        let database = try #require(TestDatabase.current)
        var configuration = PostgresPoolConfiguration(patient: database.configuration, size: size)
        configuration.waiterLimit = waiterLimit
        let pool = PostgresPool(configuration, logger: TestDatabase.logger)
        try await body(pool)
        await pool.shutdown(deadline: .now + .seconds(10))
        #expect(pool.statistics == PostgresPoolStatistics(inUse: 0, idle: 0, opening: 0, waiting: 0))
    }

    @Test func connectionsAreOpenedLazilyAndReused() async throws {
        try await withPool { pool in
            #expect(pool.statistics.idle == 0)
            for number in 0..<20 {
                let result = try await pool.query(Self.echo, [.int8(Int64(number))])
                #expect(try result.first?[0, as: Int.self] == number)
            }
            #expect(pool.statistics.idle == 1)
        }
    }

    @Test func manyTasksShareFewConnections() async throws {
        try await withPool { pool in
            let processes = try await withThrowingTaskGroup(of: Set<Int>.self) { group in
                for task in 0..<64 {
                    group.addTask {
                        var processes: Set<Int> = []
                        for round in 0..<10 {
                            let number = task * 1000 + round
                            let row = try #require(try await pool.query(Self.echo, [.int8(Int64(number))]).first)
                            #expect(try row[0, as: Int.self] == number)
                            processes.insert(try row[1, as: Int.self])
                        }
                        return processes
                    }
                }
                return try await group.reduce(into: Set()) { $0.formUnion($1) }
            }
            #expect(processes.count <= 4)
            #expect(pool.statistics.inUse == 0)
            #expect(pool.statistics.waiting == 0)
        }
    }

    @Test func waitersBeyondTheLimitAreRefused() async throws {
        try await withPool(size: 1, waiterLimit: 1) { pool in
            try await pool.withConnection { _ in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { _ = try await pool.query(Self.one, deadline: .now + .seconds(3)) }
                    try await until { pool.statistics.waiting > 0 }
                    let refused = await #expect(throws: PostgresError.self) { try await pool.query(Self.one) }
                    #expect(refused?.code == .poolExhausted)
                    let late = await #expect(throws: PostgresError.self) { try await group.waitForAll() }
                    #expect(late?.code == .deadlineExceeded)
                    #expect(late?.nothingWasSent == true)
                }
            }
        }
    }

    @Test func waiterGetsTheReleasedConnection() async throws {
        try await withPool(size: 1) { pool in
            try await withThrowingTaskGroup(of: Int.self) { group in
                try await pool.withConnection { _ in
                    group.addTask { try await pool.query(Self.one).rowCount }
                    try await until { pool.statistics.waiting > 0 }
                }
                #expect(try await group.next() == 1)
            }
        }
    }

    @Test func cancelledWaiterLeaves() async throws {
        try await withPool(size: 1) { pool in
            try await pool.withConnection { connection in
                let error = await #expect(throws: PostgresError.self) {
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        group.addTask { _ = try await pool.query(Self.one) }
                        try await until { pool.statistics.waiting > 0 }
                        group.cancelAll()
                        try await group.waitForAll()
                    }
                }
                #expect(error?.code == .cancelled)
                #expect(pool.statistics.waiting == 0)
                let last = try await connection.query(Self.one)
                #expect(last.rowCount == 1)
            }
        }
    }

    @Test func openTransactionsDoNotReturnToThePool() async throws {
        try await withPool { pool in
            try await pool.withConnection { _ = try await $0.script("BEGIN") }
            #expect(pool.statistics == PostgresPoolStatistics(inUse: 0, idle: 0, opening: 0, waiting: 0))
            #expect(try await pool.query(Self.one).rowCount == 1)
        }
    }

    @Test func terminatedIdleConnectionIsReplaced() async throws {
        try await withPool { pool in
            let process = try await pool.query(Self.echo, [.int8(0)]).first?[1, as: Int32.self]
            try await TestDatabase.withConnection { other in
                let terminate = PostgresStatement(name: "terminate", sql: "SELECT pg_terminate_backend($1, 5000)")
                _ = try await other.query(terminate, [.int4(process)])
            }
            let replacement = try await pool.query(Self.echo, [.int8(0)]).first?[1, as: Int32.self]
            #expect(replacement != process)
        }
    }

    @Test func closedPoolRefuses() async throws {
        let database = try #require(TestDatabase.current)
        let configuration = PostgresPoolConfiguration(patient: database.configuration)
        let pool = PostgresPool(configuration, logger: TestDatabase.logger)
        _ = try await pool.query(Self.one)
        await pool.shutdown(deadline: .now + .seconds(10))
        let error = await #expect(throws: PostgresError.self) { try await pool.query(Self.one) }
        #expect(error?.code == .closed)
    }

    @Test func shutdownWaitsForLentConnections() async throws {
        let database = try #require(TestDatabase.current)
        let configuration = PostgresPoolConfiguration(patient: database.configuration)
        let pool = PostgresPool(configuration, logger: TestDatabase.logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            try await pool.withConnection { connection in
                group.addTask { await pool.shutdown(deadline: .now + .seconds(30)) }
                while (try? await pool.query(Self.one)) != nil {}
                #expect(pool.statistics.inUse == 1)
                let last = try await connection.query(Self.one)
                #expect(last.rowCount == 1)
            }
            try await group.waitForAll()
        }
        #expect(pool.statistics.inUse == 0)
    }

    @Test func shutdownEndsAtItsDeadline() async throws {
        let database = try #require(TestDatabase.current)
        let configuration = PostgresPoolConfiguration(patient: database.configuration)
        let pool = PostgresPool(configuration, logger: TestDatabase.logger)
        try await pool.withConnection { connection in
            await pool.shutdown(deadline: .now + .milliseconds(50))
            let last = try await connection.query(Self.one)
            #expect(last.rowCount == 1)
        }
        #expect(pool.statistics.inUse == 0)
    }

    @Test func wrongDatabaseFailsAtOnce() async throws {
        let database = try #require(TestDatabase.current)
        let string = database.cluster.connectionString(database: "no_such_database")
        let configuration = PostgresPoolConfiguration(connection: PostgresConfiguration(connectionString: string))
        let pool = PostgresPool(configuration, logger: TestDatabase.logger)
        let error = await #expect(throws: PostgresError.self) { try await pool.query(Self.one) }
        #expect(error?.code == .undefinedDatabase)
    }

    @Test func absentDatabaseIsReportedByTheDeadline() async throws {
        let string = "host=/nonexistent"
        let configuration = PostgresPoolConfiguration(connection: PostgresConfiguration(connectionString: string))
        let pool = PostgresPool(configuration, logger: TestDatabase.logger)
        let clock = ContinuousClock()
        let start = clock.now
        await withTaskGroup(of: PostgresError.Code?.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    do throws(PostgresError) {
                        _ = try await pool.query(Self.one, deadline: .now + .seconds(5))
                        return nil
                    } catch {
                        return error.code
                    }
                }
            }
            for await code in group { #expect(code == .connectionFailed) }
        }
        #expect(clock.now - start < .seconds(30))
        #expect(pool.statistics.opening == 0)
    }

    @Test func callerInAHurryIsToldThatTheDatabaseIsAway() async throws {
        let listener = try SilentListener()
        defer { listener.close() }
        let string = "host=127.0.0.1 port=\(listener.port) sslmode=disable"
        let configuration = PostgresPoolConfiguration(connection: PostgresConfiguration(connectionString: string))
        let pool = PostgresPool(configuration, logger: TestDatabase.logger)
        for patience in [Duration.seconds(2), .milliseconds(500)] {
            let error = await #expect(throws: PostgresError.self) {
                try await pool.query(Self.one, deadline: .now + patience)
            }
            #expect(error?.code == .connectionFailed)
        }
    }
}
