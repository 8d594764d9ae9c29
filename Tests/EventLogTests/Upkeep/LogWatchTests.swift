import Connectors
import EventLog
import Locking
import Postgres
import PostgresTesting
import Testing

/// What the product says of the log agrees with what senders get.
@Suite(.log, .timeLimit(.minutes(10)))
struct LogWatchTests {
    private func watch(_ pool: PostgresPool, triesWriting: Bool = true) -> LogWatch {
        LogWatch(inspector: LogInspector(pool: pool), triesWriting: triesWriting, logger: TestDatabase.logger)
    }

    /// A pool whose sessions begin with a statement.
    private func withPool(
        _ log: LogDatabase,
        _ statement: String,
        _ body: (PostgresPool) async throws -> Void
    ) async throws {
        var configuration = log.configuration
        configuration.sessionStatements += [PostgresStatement(name: "begin", sql: statement)]
        let pool = PostgresPool(
            PostgresPoolConfiguration(patient: configuration, size: 2),
            logger: TestDatabase.logger
        )
        try await body(pool)
        await pool.shutdown(deadline: .now + .seconds(5))
    }

    @Test func soundLogIsNoTrouble() async throws {
        let log = try LogDatabase.required()
        _ = try await log.workspace()
        let watch = watch(log.pool)
        #expect(watch.trouble != nil, "nobody has looked yet")
        await watch.look()
        #expect(watch.trouble == nil)
        #expect(try await log.value("SELECT pg_relation_size('hooklog.write_trial')", as: Int64.self) == 0)
    }

    @Test func oldSightIsNotBelieved() async throws {
        let log = try LogDatabase.required()
        let time = Locked(ContinuousClock.now)
        let watch = LogWatch(
            inspector: LogInspector(pool: log.pool),
            triesWriting: true,
            now: { time.withLock { $0 } },
            logger: TestDatabase.logger
        )
        await watch.look()
        #expect(watch.trouble == nil)
        time.withLock { $0 += .seconds(31) }
        #expect(watch.trouble != nil)
    }

    @Test func readOnlyDatabaseIsTold() async throws {
        let log = try LogDatabase.required()
        try await withPool(log, "SET default_transaction_read_only = on") { pool in
            let writer = watch(pool)
            await writer.look()
            #expect(writer.trouble?.contains("503") == true)
            #expect(writer.trouble?.contains("25006") == true)
            let reader = watch(pool, triesWriting: false)
            await reader.look()
            #expect(reader.trouble == nil, "a process that only reads is well")
        }
    }

    /// The trial puts rows where a full disk has no room for them.
    @Test func fullDiskIsTold() async throws {
        let log = try LogDatabase.required()
        try await log.script(
            """
            CREATE FUNCTION hooklog.refuse_rows() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = 'disk_full'; END $$;
            CREATE TRIGGER refuse_rows BEFORE INSERT ON hooklog.write_trial EXECUTE FUNCTION hooklog.refuse_rows();
            """
        )
        let watch = watch(log.pool)
        await watch.look()
        #expect(watch.trouble?.contains("53100") == true)
    }

    @Test func serviceMayTryWriting() async throws {
        let log = try LogDatabase.required()
        try await withPool(log, "SET ROLE hooklog_service") { pool in
            let watch = watch(pool)
            await watch.look()
            #expect(watch.trouble == nil)
        }
    }

    @Test func missingPartitionIsTold() async throws {
        let log = try LogDatabase.required()
        let name = try await log.presentPartition()
        try await log.script("ALTER TABLE hooklog.event DETACH PARTITION \(name)")
        let watch = watch(log.pool)
        await watch.look()
        #expect(watch.trouble?.contains("partition") == true)
    }

    @Test func lostEventsAreTold() async throws {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace()
        _ = try await log.withAppender { try await $0.append(.pivotal(.sample(workspace), id: "a")) }
        try await log.script("SET hooklog.maintenance = on; TRUNCATE hooklog.event")
        let watch = watch(log.pool)
        await watch.look()
        let expected = "workspace default ends at position 0, but its ledger of deliveries ends at 1"
        #expect(watch.trouble?.contains(expected) == true)
        await watch.look(atDamage: false)
        #expect(watch.trouble != nil, "it is not forgotten between two looks at it")
    }

    /// The ledger was lost with the log, so that only a projection knows of what was there.
    @Test func checkpointBeyondItsLogIsTold() async throws {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace()
        _ = try await log.withAppender { try await $0.append(.pivotal(.sample(workspace), id: "a")) }
        try await log.script(
            """
            SET hooklog.maintenance = on;
            TRUNCATE hooklog.event, hooklog.delivery;
            INSERT INTO hooklog.checkpoint
            VALUES (\(workspace.rawValue), 'directory', 1, 7, now(), 500, 0, 0, 0)
            """
        )
        let watch = watch(log.pool)
        await watch.look()
        let expected = "workspace default ends at position 0, but a projection has read it up to 7"
        #expect(watch.trouble?.contains(expected) == true)
    }

    /// An older month that is lost keeps no append from its place, but projections would step over it.
    @Test func holesInTheLogAreTold() async throws {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace()
        try await log.script("SELECT hooklog.make_partitions(now() - interval '2 months', 2)")
        try await log.withAppender { appender in
            for id in 1...6 { _ = try await appender.append(.pivotal(.sample(workspace), id: "\(id)")) }
        }
        try await log.script(
            """
            SET hooklog.maintenance = on;
            UPDATE hooklog.event SET received_at = received_at - make_interval(months => CASE WHEN position < 3 THEN 2 ELSE 1 END)
            WHERE position < 5
            """
        )
        #expect(try await LogInspector(pool: log.pool).damagedLogs().isEmpty)
        let older: String = try await log.value(
            "SELECT 'hooklog.event_' || to_char(now() AT TIME ZONE 'UTC' - interval '1 month', 'YYYY_MM')"
        )
        try await log.script("SET hooklog.maintenance = on; TRUNCATE \(older)")
        #expect(
            try await LogInspector(pool: log.pool).damagedLogs().map(\.description)
                == ["the log of workspace default has no events between positions 2 and 5"]
        )
        let oldest: String = try await log.value(
            "SELECT 'hooklog.event_' || to_char(now() AT TIME ZONE 'UTC' - interval '2 months', 'YYYY_MM')"
        )
        try await log.script("DROP TABLE \(oldest)")
        #expect(
            try await LogInspector(pool: log.pool).damagedLogs().map(\.description)
                == ["the log of workspace default has no events between positions 0 and 5"]
        )
        try await log.script("UPDATE hooklog.log_head SET archived_position = 4, floor_position = 4")
        #expect(try await LogInspector(pool: log.pool).damagedLogs().isEmpty, "they were archived")
    }

    @Test func appenderRemembersItsLastFailure() async throws {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace()
        try await log.withAppender { appender in
            _ = try await appender.append(.pivotal(.sample(workspace), id: "a"))
            #expect(appender.recentFailure == nil)
            _ = await code { try await appender.append(.pivotal(.sample(WorkspaceID(rawValue: 404)), id: "a")) }
            #expect(appender.recentFailure == nil, "a workspace that is not there is no failure of the log")
            try await log.script("ALTER TABLE hooklog.delivery RENAME TO elsewhere")
            #expect(await code { try await appender.append(.pivotal(.sample(workspace), id: "b")) } == .unavailable)
            #expect(appender.recentFailure?.code == .unavailable)
            try await log.script("ALTER TABLE hooklog.elsewhere RENAME TO delivery")
            _ = try await appender.append(.pivotal(.sample(workspace), id: "b"))
            #expect(appender.recentFailure == nil)
        }
    }
}
