import Logging
import Postgres
import PostgresTesting
import ServiceLifecycle
import Testing

/// The pipeline as a service among others.
@Suite(.database, .timeLimit(.minutes(10)))
struct PipelineServiceTests {
    private static let one = PostgresStatement(name: "one", sql: "SELECT 1")
    private static let lock = PostgresStatement(name: "lock", sql: "SELECT pg_advisory_lock(7)::text")
    private static let lockWaiters = PostgresStatement(
        name: "lock_waiters",
        sql: """
            SELECT count(*) FROM pg_locks AS l JOIN pg_database AS d ON d.oid = l.database
            WHERE d.datname = current_database() AND l.locktype = 'advisory' AND NOT l.granted
            """
    )

    @Test func gracefulShutdownAnswersWhatWasAccepted() async throws {
        let database = try #require(TestDatabase.current)
        var configuration = PostgresPipelineConfiguration(connection: database.configuration)
        configuration.lanes = 1
        let pipeline = PostgresPipeline(configuration, logger: TestDatabase.logger)
        let group = ServiceGroup(services: [pipeline], gracefulShutdownSignals: [], logger: TestDatabase.logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            let count = try await database.withConnection { holder in
                try await holder.script("SELECT pg_advisory_lock(7)")
                async let first = pipeline.query(Self.lock).rowCount
                try await until { try await holder.query(Self.lockWaiters).first?[0, as: Int64.self] != 0 }
                async let others = withThrowingTaskGroup(of: Int.self) { callers in
                    for _ in 0..<4 { callers.addTask { try await pipeline.query(Self.one).rowCount } }
                    return try await callers.reduce(0, +)
                }
                try await until { pipeline.queuedCount >= 4 }
                await group.triggerGracefulShutdown()
                try await holder.script("SELECT pg_advisory_unlock(7)")
                return try await first + others
            }
            #expect(count == 5)
            try await tasks.waitForAll()
        }
    }

    @Test func shutdownWhileTheDatabaseIsAwayEndsSoon() async throws {
        let configuration = PostgresPipelineConfiguration(
            connection: PostgresConfiguration(connectionString: "host=/nonexistent")
        )
        let pipeline = PostgresPipeline(configuration, logger: TestDatabase.logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await pipeline.run() }
            let error = await #expect(throws: PostgresError.self) {
                try await pipeline.query(Self.one, deadline: .now + .seconds(3))
            }
            #expect(error?.code == .connectionFailed)
            pipeline.close()
            try await group.waitForAll()
        }
    }
}
