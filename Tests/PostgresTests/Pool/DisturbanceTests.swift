import Postgres
import PostgresTesting
import Testing

/// Many callers, random deadlines and cancellations: nobody gets another's answer, and nothing is left behind.
@Suite(.database, .timeLimit(.minutes(10)))
struct DisturbanceTests {
    private static let echo = PostgresStatement(
        name: "echo",
        sql: "SELECT $1 FROM (SELECT pg_sleep($2)) AS slept"
    )

    /// What became of a call: answered rightly, answered wrongly, or failed.
    private enum Fate: Hashable {
        case right
        case wrong
        case failed(PostgresError.Code)
    }

    private func fate(
        of number: Int64,
        _ call: (Int64, ContinuousClock.Instant) async throws(PostgresError) -> PostgresResult
    ) async -> Fate {
        do throws(PostgresError) {
            let result = try await call(number, .now + .milliseconds(Int.random(in: 1...40)))
            return try result.first?[0, as: Int64.self] == number ? .right : .wrong
        } catch {
            return .failed(error.code)
        }
    }

    /// Runs 300 calls, cancels a third of them, and counts their fates.
    private func disturb(
        _ call: @escaping @Sendable (Int64, ContinuousClock.Instant) async throws(PostgresError) -> PostgresResult
    ) async -> [Fate: Int] {
        await withTaskGroup(of: Fate.self) { group in
            for number in Int64(0)..<300 {
                group.addTask {
                    guard number % 3 == 0 else { return await fate(of: number, call) }
                    return await withTaskGroup(of: Fate.self) { inner in
                        inner.addTask { await fate(of: number, call) }
                        await Task.yield()
                        inner.cancelAll()
                        return await inner.next() ?? .wrong
                    }
                }
            }
            return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
    }

    private static func parameters(_ number: Int64) -> [PostgresParameter] {
        [.int8(number), .float8(Double(number % 7) / 1000)]
    }

    private func expectOrderly(_ fates: [Fate: Int]) {
        let allowed: Set<Fate> = [.right, .failed(.deadlineExceeded), .failed(.cancelled)]
        #expect(Set(fates.keys).subtracting(allowed).isEmpty)
        #expect(fates.values.reduce(0, +) == 300)
    }

    @Test func poolStaysInStep() async throws {
        let database = try #require(TestDatabase.current)
        var configuration = PostgresPoolConfiguration(patient: database.configuration, size: 4)
        configuration.waiterLimit = 1000
        let pool = PostgresPool(configuration, logger: TestDatabase.logger)
        let fates = await disturb { (number, deadline) async throws(PostgresError) in
            try await pool.query(Self.echo, Self.parameters(number), deadline: deadline)
        }
        expectOrderly(fates)
        let answer = try await pool.query(Self.echo, Self.parameters(1)).first?[0, as: Int64.self]
        #expect(answer == 1)
        #expect(pool.statistics.inUse == 0)
        #expect(pool.statistics.waiting == 0)
        await pool.shutdown(deadline: .now + .seconds(10))
    }

    @Test func pipelineStaysInStep() async throws {
        let database = try #require(TestDatabase.current)
        let configuration = PostgresPipelineConfiguration(connection: database.configuration)
        let pipeline = PostgresPipeline(configuration, logger: TestDatabase.logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await pipeline.run() }
            let fates = await disturb { (number, deadline) async throws(PostgresError) in
                try await pipeline.query(Self.echo, Self.parameters(number), deadline: deadline)
            }
            expectOrderly(fates)
            let answer = try await pipeline.query(Self.echo, Self.parameters(1), deadline: .now + .seconds(30))
            #expect(try answer.first?[0, as: Int64.self] == 1)
            pipeline.close()
            try await group.waitForAll()
        }
    }

    @Test func oneConnectionServesManyTasksInTurn() async throws {
        try await TestDatabase.withConnection { connection in
            let fates = await disturb { (number, _) async throws(PostgresError) in
                try await connection.query(Self.echo, Self.parameters(number), deadline: .now + .seconds(60))
            }
            expectOrderly(fates)
            #expect(connection.isReusable)
        }
    }

    @Test func releasedPoolClosesItsConnections() async throws {
        let database = try #require(TestDatabase.current)
        var configuration = PostgresPoolConfiguration(patient: database.configuration)
        configuration.connection.applicationName = "released-pool"
        var pool: PostgresPool? = PostgresPool(configuration, logger: TestDatabase.logger)
        _ = try await pool?.query(Self.echo, Self.parameters(1))
        pool = nil
        try await database.withConnection { observer in
            let sessions = PostgresStatement(
                name: "sessions",
                sql: "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'released-pool'"
            )
            while try await observer.query(sessions).first?[0, as: Int.self] != 0 {}
        }
    }
}
