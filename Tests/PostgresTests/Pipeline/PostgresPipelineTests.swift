import Postgres
import PostgresTesting
import Testing

@Suite(.database, .timeLimit(.minutes(10)))
struct PostgresPipelineTests {
    private static let echo = PostgresStatement(name: "echo", sql: "SELECT $1")
    private static let sleep = PostgresStatement(name: "sleep", sql: "SELECT pg_sleep($1)::text")
    private static let divide = PostgresStatement(name: "divide", sql: "SELECT 100 / $1")

    private func pipeline(lanes: Int = 2, queueLimit: Int = 4096) throws -> PostgresPipeline {
        let database = try #require(TestDatabase.current)
        var configuration = PostgresPipelineConfiguration(connection: database.configuration)
        configuration.lanes = lanes
        configuration.queueLimit = queueLimit
        return PostgresPipeline(configuration, logger: TestDatabase.logger)
    }

    /// Runs `body` beside a pipeline, which is closed and awaited afterwards.
    private func withPipeline(
        lanes: Int = 2,
        _ body: @Sendable (PostgresPipeline) async throws -> Void
    ) async throws {
        let pipeline = try pipeline(lanes: lanes)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await pipeline.run() }
            defer { pipeline.close() }
            try await body(pipeline)
        }
    }

    @Test func everyCallerGetsItsOwnResult() async throws {
        try await withPipeline { pipeline in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<500 {
                    group.addTask {
                        let result = try await pipeline.query(Self.echo, [.int8(Int64(number))])
                        #expect(try result.first?[0, as: Int.self] == number)
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func failureReachesItsCallerOnly() async throws {
        try await withPipeline(lanes: 1) { pipeline in
            let failures = await withTaskGroup(of: (Int64, PostgresError.Code?).self) { group in
                for number in Int64(0)..<50 {
                    group.addTask {
                        do throws(PostgresError) {
                            _ = try await pipeline.query(Self.divide, [.int8(number % 10)])
                            return (number, nil)
                        } catch {
                            return (number, error.code)
                        }
                    }
                }
                return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            #expect(failures.keys.sorted() == [0, 10, 20, 30, 40])
            #expect(failures.values.allSatisfy { $0 == .dataException })
        }
    }

    @Test func deadlineEndsTheCallAndNoOther() async throws {
        try await withPipeline(lanes: 1) { pipeline in
            async let slow = pipeline.query(Self.sleep, [.float8(5)], deadline: .now + .seconds(60))
            let clock = ContinuousClock()
            let start = clock.now
            let error = await #expect(throws: PostgresError.self) {
                try await pipeline.query(Self.sleep, [.float8(1)], deadline: .now + .milliseconds(100))
            }
            #expect(error?.code == .deadlineExceeded)
            #expect(clock.now - start < .seconds(4))
            let last = try await slow
            #expect(last.rowCount == 1)
        }
    }

    @Test func batchIsCancelledAtItsLatestDeadline() async throws {
        try await withPipeline(lanes: 1) { pipeline in
            let error = await #expect(throws: PostgresError.self) {
                try await pipeline.query(Self.sleep, [.float8(50)], deadline: .now + .milliseconds(100))
            }
            #expect(error?.code == .deadlineExceeded)
            let result = try await pipeline.query(Self.echo, [.int8(1)], deadline: .now + .seconds(5))
            #expect(result.rowCount == 1)
        }
    }

    @Test func cancellationEndsTheWait() async throws {
        try await withPipeline(lanes: 1) { pipeline in
            let error = await #expect(throws: PostgresError.self) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { _ = try await pipeline.query(Self.sleep, [.float8(0.3)]) }
                    await Task.yield()
                    group.cancelAll()
                    try await group.waitForAll()
                }
            }
            #expect(error?.code == .cancelled)
            let last = try await pipeline.query(Self.echo, [.int8(1)])
            #expect(last.rowCount == 1)
        }
    }

    @Test func fullQueueRefuses() async throws {
        let pipeline = try pipeline(queueLimit: 2)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<2 { group.addTask { _ = try await pipeline.query(Self.echo, [.int8(1)]) } }
            try await until { pipeline.queuedCount >= 2 }
            let error = await #expect(throws: PostgresError.self) { try await pipeline.query(Self.echo, [.int8(1)]) }
            #expect(error?.code == .poolExhausted)
            group.addTask { try await pipeline.run() }
            try await group.next()
            try await group.next()
            pipeline.close()
        }
    }

    @Test func callsBeforeTheRunHaveADeadline() async throws {
        let pipeline = try pipeline()
        let error = await #expect(throws: PostgresError.self) {
            try await pipeline.query(Self.echo, [.int8(1)], deadline: .now + .milliseconds(50))
        }
        #expect(error?.code == .deadlineExceeded)
    }

    @Test func closedPipelineFinishesItsQueue() async throws {
        let pipeline = try pipeline(lanes: 1)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<10 { group.addTask { _ = try await pipeline.query(Self.echo, [.int8(1)]) } }
            try await until { pipeline.queuedCount >= 10 }
            pipeline.close()
            try await pipeline.run()
            try await group.waitForAll()
        }
        let error = await #expect(throws: PostgresError.self) { try await pipeline.query(Self.echo, [.int8(1)]) }
        #expect(error?.code == .closed)
    }

    @Test func cancelledPipelineRefusesTheRest() async throws {
        let pipeline = try pipeline(lanes: 1)
        async let slow = pipeline.query(Self.sleep, [.float8(30)])
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try? await pipeline.run() }
            try await until { pipeline.queuedCount == 0 }
            group.cancelAll()
        }
        do {
            _ = try await slow
            Issue.record("the pipeline is gone")
        } catch {
            #expect((error as? PostgresError)?.code == .closed)
        }
    }

    @Test func terminatedLaneReconnectsUnnoticed() async throws {
        let database = try #require(TestDatabase.current)
        try await withPipeline(lanes: 1) { pipeline in
            let backend = PostgresStatement(name: "backend", sql: "SELECT pg_backend_pid()")
            let process = try await pipeline.query(backend).first?[0, as: Int32.self]
            try await database.terminate(process)
            let replacement = try await pipeline.query(backend).first?[0, as: Int32.self]
            #expect(replacement != process)
        }
    }
}
