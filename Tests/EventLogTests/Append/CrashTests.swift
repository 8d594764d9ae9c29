import Connectors
import EventLog
import Postgres
import PostgresTesting
import Schema
import Testing

/// Crashes of the whole server, on a cluster of this suite's own.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct CrashTests {
    private func makeLog() async throws -> (TestCluster, PostgresConfiguration, WorkspaceID) {
        let cluster = try await TestCluster()
        var configuration = PostgresConfiguration(connectionString: cluster.connectionString())
        configuration.statementTimeout = nil
        let connection = try await PostgresConnection.connect(configuration, logger: TestDatabase.logger)
        _ = try await Migrator(connection: connection, logger: TestDatabase.logger).migrate()
        await connection.close()
        let pool = PostgresPool(PostgresPoolConfiguration(patient: configuration), logger: TestDatabase.logger)
        let workspace = try await WorkspaceStore(pool: pool).create(slug: "a", name: "a").id
        await pool.shutdown(deadline: .now + .seconds(5))
        return (cluster, configuration, workspace)
    }

    @Test func acknowledgedEventsSurviveAndNoneIsStoredTwice() async throws {
        let (cluster, configuration, workspace) = try await makeLog()
        defer { cluster.kill() }
        let pool = PostgresPool(PostgresPoolConfiguration(patient: configuration), logger: TestDatabase.logger)
        let appender = EventAppender(
            pool: pool,
            activity: LogActivity(),
            configuration: EventAppenderConfiguration {
                $0.batchCount = 8
                $0.leaseTimeout = .milliseconds(500)
            },
            logger: TestDatabase.logger
        )
        let acknowledged = try await withThrowingTaskGroup(of: [String].self) { group in
            for caller in 0..<16 {
                group.addTask {
                    var positions: [String] = []
                    for number in 0..<40 {
                        let delivery = VerifiedWebhook.pivotal(.sample(workspace), id: "\(caller)-\(number)")
                        positions.append(try await Self.appendUntilTaken(delivery, appender))
                    }
                    return positions
                }
            }
            return try await withThrowingTaskGroup(of: Void.self) { services in
                services.addTask { try await appender.run() }
                try await until { appender.queueDepth > 0 }
                for _ in 0..<50 { await Task.yield() }
                cluster.kill()
                let refused = await code { try await appender.append(.pivotal(.sample(workspace), id: "away")) }
                #expect(refused == .unavailable)
                try await cluster.start()
                let acknowledged = try await group.reduce(into: [String]()) { $0 += $1 }
                services.cancelAll()
                return acknowledged
            }
        }
        #expect(Set(acknowledged).count == 640)
        let statement = PostgresStatement(
            name: "all",
            sql: "SELECT event_id || '@' || position FROM hooklog.event WHERE event_id <> 'away' ORDER BY position"
        )
        let stored = try await pool.query(statement).rows.map { try $0.decode(0, as: String.self) }
        #expect(Set(stored) == Set(acknowledged))
        #expect(stored.count == 640)
        await pool.shutdown(deadline: .now + .seconds(5))
    }

    private static func appendUntilTaken(_ delivery: VerifiedWebhook, _ appender: EventAppender) async throws -> String
    {
        while true {
            do throws(EventLogError) {
                let receipt = try await appender.append(delivery)
                let id = String(decoding: delivery.body, as: UTF8.self).split(separator: "\"")[3]
                return "\(id)@\(receipt.position)"
            } catch {
                guard error.code == .unavailable else { throw error }
                await Task.yield()
            }
        }
    }

    @Test func rejectionsOutliveTheDatabase() async throws {
        let (cluster, configuration, workspace) = try await makeLog()
        defer { cluster.kill() }
        var limits = PostgresPoolConfiguration(connection: configuration)
        limits.leaseTimeout = .seconds(1)
        let pool = PostgresPool(limits, logger: TestDatabase.logger)
        let recorder = RejectedDeliveryRecorder(pool: pool, logger: TestDatabase.logger)
        func record() {
            recorder.record(source: .sample(workspace), reason: "bad", headerNames: [], bodySHA256: nil, size: 1)
        }
        record()
        await recorder.flush()
        cluster.kill()
        for _ in 0..<10 { record() }
        await recorder.flush()
        record()
        try await cluster.start()
        let reader = RejectedDeliveryReader(pool: pool)
        try await until {
            await recorder.flush()
            let counts = try? await reader.list(in: workspace).counts
            return counts?.first?.count == 12
        }
        await recorder.flush()
        #expect(try await reader.list(in: workspace).counts.map(\.count) == [12])
        await pool.shutdown(deadline: .now + .seconds(5))
    }
}
