import Logging
import Postgres
import PostgresTesting
import ServiceLifecycle
import Testing

/// The pipeline as a service among others.
@Suite(.database, .timeLimit(.minutes(1)))
struct PipelineServiceTests {
    private static let sleep = PostgresStatement(name: "sleep", sql: "SELECT pg_sleep(0.2)::text")

    @Test func gracefulShutdownAnswersWhatWasAccepted() async throws {
        let database = try #require(TestDatabase.current)
        let configuration = PostgresPipelineConfiguration(connection: database.configuration, lanes: 1)
        let pipeline = PostgresPipeline(configuration, logger: TestDatabase.logger)
        let group = ServiceGroup(services: [pipeline], gracefulShutdownSignals: [], logger: TestDatabase.logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            _ = try await pipeline.query(Self.sleep)
            async let answers = withThrowingTaskGroup(of: Int.self) { callers in
                for _ in 0..<4 { callers.addTask { try await pipeline.query(Self.sleep).rowCount } }
                return try await callers.reduce(0, +)
            }
            while pipeline.queuedCount == 0 { await Task.yield() }
            await group.triggerGracefulShutdown()
            let count = try await answers
            #expect(count == 4)
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
                try await pipeline.query(Self.sleep, deadline: .now + .milliseconds(100))
            }
            #expect(error?.code == .connectionFailed)
            pipeline.close()
            try await group.waitForAll()
        }
    }
}
