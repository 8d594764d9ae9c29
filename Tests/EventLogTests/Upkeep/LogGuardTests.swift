import Connectors
import EventLog
import Postgres
import PostgresTesting
import Testing

/// The log and its ledger are append-only also for their owner.
@Suite(.log, .timeLimit(.minutes(10)))
struct LogGuardTests {
    private func grownLog() async throws -> LogDatabase {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace()
        try await log.withAppender { appender in
            for id in ["a", "b"] { _ = try await appender.append(.pivotal(.sample(workspace), id: id)) }
            _ = try await appender.append(.pivotal(.sample(workspace), id: "a", type: "customer.created"))
        }
        return log
    }

    /// A command with the name of the present month's partition in it.
    private func named(_ command: String, _ log: LogDatabase) async throws -> String {
        command.replacing("PARTITION", with: try await log.presentPartition())
    }

    @Test(arguments: [
        "UPDATE hooklog.event SET type = 'x'", "DELETE FROM hooklog.event", "TRUNCATE hooklog.event",
        "UPDATE PARTITION SET type = 'x'", "DELETE FROM PARTITION", "TRUNCATE PARTITION",
        "UPDATE hooklog.delivery SET source_id = 9", "DELETE FROM hooklog.delivery", "TRUNCATE hooklog.delivery",
        "UPDATE hooklog.delivery_conflict SET body = ''", "DELETE FROM hooklog.delivery_conflict",
        "TRUNCATE hooklog.delivery_conflict",
    ])
    func ownerIsRefused(command: String) async throws {
        let log = try await grownLog()
        let sql = try await named(command, log)
        let error = await #expect(throws: PostgresError.self) { try await log.script(sql) }
        #expect(error?.code == .insufficientPrivilege)
        #expect(error?.serverMessage?.contains("append-only") == true)
        let left: String = try await log.value(
            """
            SELECT concat_ws('|', (SELECT count(*) FROM hooklog.event WHERE type <> 'x'),
                (SELECT sum(position) FROM hooklog.delivery), (SELECT count(*) FROM hooklog.delivery_conflict))
            """
        )
        #expect(left == "2|3|1")
        try await log.script("BEGIN; SET LOCAL hooklog.maintenance = on; \(sql); COMMIT")
        await #expect(throws: PostgresError.self, "the exception ends with its transaction") {
            try await log.script(sql)
        }
    }

    @Test func newPartitionsAreGuardedAndLostGuardsComeBack() async throws {
        let log = try LogDatabase.required()
        let unguarded = "SELECT count(*) FROM hooklog.unguarded_tables()"
        #expect(try await log.value(unguarded, as: Int64.self) == 0)
        try await log.script("SELECT hooklog.make_partitions(now(), 16); ")
        #expect(try await log.value(unguarded, as: Int64.self) == 0)
        try await log.script(
            """
            DROP TRIGGER refuse_change ON hooklog.event;
            ALTER TABLE hooklog.delivery DISABLE TRIGGER refuse_change;
            """
        )
        #expect(try await log.value(unguarded, as: Int64.self) == 2)
        _ = try await PartitionKeeper(pool: log.pool, logger: TestDatabase.logger).keep()
        #expect(try await log.value(unguarded, as: Int64.self) == 0)
    }
}
