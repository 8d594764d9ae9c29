import Connectors
import EventLog
import PostgresTesting
import Testing

@Suite(.log, .timeLimit(.minutes(10)))
struct PlanTests {
    /// The session that counts is planned against an empty database that was never analysed.
    @Test func appendsAndReadsUseIndexesFromTheStart() async throws {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace()
        let reader = EventReader(pool: log.pool, senders: .known)
        try await log.withAppender(EventAppenderConfiguration { $0.workers = 1 }) { appender in
            for number in 0..<20 { _ = try await appender.append(.pivotal(.sample(workspace), id: "first-\(number)")) }
            _ = try await reader.page(of: workspace, EventFilter(livemode: true))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for caller in 0..<200 {
                    group.addTask {
                        for number in 0..<100 {
                            _ = try await appender.append(.pivotal(.sample(workspace), id: "\(caller)-\(number)"))
                        }
                    }
                }
                try await group.waitForAll()
            }
            try await resetStatistics(log)
            for number in 0..<50 {
                _ = try await appender.append(.pivotal(.sample(workspace), id: "last-\(number)"))
                _ = try await appender.append(.pivotal(.sample(workspace), id: "last-\(number)"))
                _ = try await reader.head(of: workspace)
                let after = Position(rawValue: 19_000)
                _ = try await reader.page(of: workspace, EventFilter(livemode: true), after: after, limit: 10)
                _ = try await reader.event(at: after, in: workspace, livemode: true)
            }
        }
        try await log.script("SELECT pg_stat_force_next_flush()")
        let scanned: [String] = try await scannedTables(log)
        #expect(scanned.isEmpty, "sequential scans of the log")
        let read: Int64 = try await log.value(
            "SELECT sum(idx_tup_fetch)::bigint FROM pg_stat_user_tables WHERE relname LIKE 'event_2%'"
        )
        #expect(read < 50 * 100, "an append or a page reads more rows than it needs: \(read)")
    }

    private func resetStatistics(_ log: LogDatabase) async throws {
        try await until {
            try await log.script("SELECT pg_stat_force_next_flush()")
            return try await log.value(
                "SELECT sum(n_tup_ins) >= 20020 FROM pg_stat_user_tables WHERE relname = 'delivery'",
                as: Bool.self
            )
        }
        try await log.script("SELECT pg_stat_reset()")
    }

    private func scannedTables(_ log: LogDatabase) async throws -> [String] {
        try await log.column(
            """
            SELECT relname::text || ' ' || seq_tup_read FROM pg_stat_user_tables
            WHERE (relname LIKE 'event%' OR relname = 'delivery') AND seq_tup_read > 0
            """
        )
    }
}
