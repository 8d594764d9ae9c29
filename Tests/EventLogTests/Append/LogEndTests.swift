import Connectors
import EventLog
import Postgres
import PostgresTesting
import Testing

/// A log that has lost events numbers no others in their place.
@Suite(.log, .timeLimit(.minutes(10)))
struct LogEndTests {
    /// A log of three events in the present month.
    private func grownLog() async throws -> (LogDatabase, WorkspaceID) {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace()
        try await log.withAppender { appender in
            for number in 1...3 { _ = try await appender.append(.pivotal(.sample(workspace), id: "\(number)")) }
        }
        return (log, workspace)
    }

    private func run(_ command: String, onPartitionOf log: LogDatabase) async throws {
        let name = try await log.presentPartition()
        try await log.script(command.replacing("MONTH", with: name))
    }

    /// The error that an append gets; nothing is acknowledged.
    private func refusal(_ log: LogDatabase, _ workspace: WorkspaceID, id: String = "4") async -> EventLogError? {
        await #expect(throws: EventLogError.self) {
            try await log.withAppender { try await $0.append(.pivotal(.sample(workspace), id: id)) }
        }
    }

    @Test(arguments: ["DROP TABLE MONTH", "ALTER TABLE hooklog.event DETACH PARTITION MONTH"])
    func missingPartitionIsNeverTheSendersFault(command: String) async throws {
        let (log, workspace) = try await grownLog()
        try await run(command, onPartitionOf: log)
        let error = await refusal(log, workspace)
        #expect(error?.code == .unavailable)
        #expect(error?.retryAfter != nil)
    }

    @Test func emptyPartitionInPlaceOfALostOneIsSeen() async throws {
        let (log, workspace) = try await grownLog()
        try await run("DROP TABLE MONTH", onPartitionOf: log)
        #expect(try await PartitionKeeper(pool: log.pool, logger: TestDatabase.logger).keep() == 12)
        for id in ["4", "1"] {
            let error = await refusal(log, workspace, id: id)
            #expect(error?.code == .unavailable)
            #expect(error?.underlying?.serverMessage?.contains("ledger") == true)
        }
        #expect(try await log.value("SELECT count(*) FROM hooklog.event", as: Int64.self) == 0)
        let other = try await log.workspace("other")
        let receipt = try await log.withAppender { try await $0.append(.pivotal(.sample(other), id: "1")) }
        #expect(receipt.position.rawValue == 1)
    }

    @Test func logGoesOnWhenItsPartitionIsBack() async throws {
        let (log, workspace) = try await grownLog()
        try await run("ALTER TABLE hooklog.event DETACH PARTITION MONTH", onPartitionOf: log)
        #expect(try await PartitionKeeper(pool: log.pool, logger: TestDatabase.logger).keep() == -1)
        #expect(await refusal(log, workspace) != nil)
        let bounds: String = try await log.value(
            """
            SELECT format('FROM (%L) TO (%L)', date_trunc('month', now(), 'UTC'),
                date_trunc('month', now(), 'UTC') + interval '1 month')
            """
        )
        try await run("ALTER TABLE hooklog.event ATTACH PARTITION MONTH FOR VALUES \(bounds)", onPartitionOf: log)
        let receipt = try await log.withAppender { try await $0.append(.pivotal(.sample(workspace), id: "4")) }
        #expect(receipt.position.rawValue == 4)
    }

    @Test(arguments: ["hooklog.event", "hooklog.delivery", "hooklog.event, hooklog.delivery"])
    func logLedgerAndFloorMustAgree(emptied: String) async throws {
        let (log, workspace) = try await grownLog()
        #expect(try await WorkspaceUpkeep(pool: log.pool).moveFloor(of: workspace))
        try await log.script("SET hooklog.maintenance = on; TRUNCATE \(emptied)")
        #expect(await refusal(log, workspace)?.code == .unavailable)
        #expect(try await log.value("SELECT count(*) FROM hooklog.damaged_logs()", as: Int64.self) == 1)
    }

    /// The clock was put back, and the ledger lost all of its rows or the last ones.
    @Test(arguments: [("3 months", 0), ("20 days", 2)])
    func eventsAheadOfTheClockAreSeenWithoutTheirLedger(ahead: String, kept: Int) async throws {
        let (log, workspace) = try await grownLog()
        try await log.script(
            """
            SET hooklog.maintenance = on;
            UPDATE hooklog.event SET received_at = received_at + interval '\(ahead)' WHERE position > \(kept);
            DELETE FROM hooklog.delivery WHERE position > \(kept);
            """
        )
        #expect(await refusal(log, workspace)?.code == .unavailable)
    }

    @Test(arguments: ["hooklog.event", "hooklog.event, hooklog.delivery"])
    func archivedEventsAreNotLost(emptied: String) async throws {
        let (log, workspace) = try await grownLog()
        try await log.script(
            """
            UPDATE hooklog.log_head SET floor_position = 3, archived_position = 3, floor_received_at = now();
            SET hooklog.maintenance = on;
            TRUNCATE \(emptied);
            """
        )
        #expect(try await log.value("SELECT count(*) FROM hooklog.damaged_logs()", as: Int64.self) == 0)
        let receipt = try await log.withAppender { try await $0.append(.pivotal(.sample(workspace), id: "4")) }
        #expect(receipt.position.rawValue == 4)
        let next = try await log.withAppender { try await $0.append(.pivotal(.sample(workspace), id: "5")) }
        #expect(next.position.rawValue == 5)
    }

    @Test func ledgerBeforeTheFloorMayBePruned() async throws {
        let (log, workspace) = try await grownLog()
        try await log.script("SET hooklog.maintenance = on; DELETE FROM hooklog.delivery WHERE position < 3")
        let receipt = try await log.withAppender { try await $0.append(.pivotal(.sample(workspace), id: "4")) }
        #expect(receipt.position.rawValue == 4)
    }

    @Test func monthsAheadBeginWithThePresentOne() async throws {
        let log = try LogDatabase.required()
        let keeper = PartitionKeeper(pool: log.pool, logger: TestDatabase.logger)
        #expect(try await keeper.keep() == 12)
        let ahead: String = try await log.value(
            "SELECT 'hooklog.event_' || to_char(now() AT TIME ZONE 'UTC' + interval '3 months', 'YYYY_MM')"
        )
        try await log.script("ALTER TABLE hooklog.event DETACH PARTITION \(ahead)")
        #expect(try await keeper.keep() == 2, "a gap ends the months ahead")
    }
}
