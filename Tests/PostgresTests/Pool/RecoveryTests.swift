import Foundation
import Postgres
import PostgresTesting
import ServiceLifecycle
import Testing

/// A crash of the whole server, on a cluster of this suite's own.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct RecoveryTests {
    private static let one = PostgresStatement(name: "one", sql: "SELECT 1")

    /// Kills the server and starts it again: `query` fails meanwhile, and gets its row afterwards.
    private func expectRecovery(
        of cluster: TestCluster,
        _ query: (ContinuousClock.Instant) async throws -> Int
    ) async throws {
        cluster.kill()
        let error = await #expect(throws: PostgresError.self) { try await query(.now + .seconds(5)) }
        #expect([.connectionLost, .connectionFailed, .adminShutdown].contains(error?.code))
        try await cluster.start()
        #expect(try await query(.now + .seconds(60)) == 1)
    }

    @Test func poolRecoversFromACrash() async throws {
        let cluster = try await TestCluster()
        let connection = PostgresConfiguration(connectionString: cluster.connectionString())
        let pool = PostgresPool(PostgresPoolConfiguration(patient: connection), logger: TestDatabase.logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { _ = try await pool.query(Self.one) } }
            try await group.waitForAll()
        }
        try await expectRecovery(of: cluster) { try await pool.query(Self.one, deadline: $0).rowCount }
        #expect(try await pool.query(Self.one).rowCount == 1)
        await pool.shutdown(deadline: .now + .seconds(10))
        cluster.kill()
    }

    @Test func killedBackendLosesTheStatement() async throws {
        let cluster = try await TestCluster()
        let configuration = PostgresConfiguration(connectionString: cluster.connectionString())
        let connection = try await PostgresConnection.connect(configuration, logger: TestDatabase.logger)
        let sleep = PostgresStatement(name: "sleep", sql: "SELECT pg_sleep(30)")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { _ = try await connection.query(sleep) }
            let observer = try await PostgresConnection.connect(configuration, logger: TestDatabase.logger)
            let active = PostgresStatement(
                name: "active",
                sql: "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
            )
            while try await observer.query(active).first?[0, as: Int.self] == 0 {}
            #expect(kill(connection.processID, SIGKILL) == 0)
            let error = await #expect(throws: PostgresError.self) { try await group.waitForAll() }
            #expect(error?.code == .connectionLost)
            #expect(error?.nothingWasSent == false)
            #expect(error?.statement == "sleep")
            await observer.close()
        }
        #expect(!connection.isReusable)
        await connection.close()
        cluster.kill()
    }

    @Test func waitersSurviveARestart() async throws {
        let cluster = try await TestCluster()
        let connection = PostgresConfiguration(connectionString: cluster.connectionString())
        let pool = PostgresPool(PostgresPoolConfiguration(patient: connection), logger: TestDatabase.logger)
        cluster.kill()
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<16 {
                group.addTask { try await pool.query(Self.one, deadline: .now + .seconds(120)).rowCount }
            }
            try await until { pool.statistics.waiting >= 15 }
            #expect(pool.statistics.opening == 1)
            try await cluster.start()
            for try await count in group { #expect(count == 1) }
        }
        await pool.shutdown(deadline: .now + .seconds(10))
        cluster.kill()
    }

    @Test func pipelineRecoversFromACrash() async throws {
        let cluster = try await TestCluster()
        let connection = PostgresConfiguration(connectionString: cluster.connectionString())
        let pipeline = PostgresPipeline(
            PostgresPipelineConfiguration(connection: connection),
            logger: TestDatabase.logger
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await pipeline.run() }
            #expect(try await pipeline.query(Self.one).rowCount == 1)
            try await expectRecovery(of: cluster) { try await pipeline.query(Self.one, deadline: $0).rowCount }
            pipeline.close()
            try await group.waitForAll()
        }
        cluster.kill()
    }
}
