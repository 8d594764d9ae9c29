import EventLog
import Metrics
import Postgres
import PostgresTesting
import Testing

@testable import Projections

/// What pages of users' projections cost others: nothing.
@Suite(.timeLimit(.minutes(10)))
struct UserPageTests {
    /// A SELECT that takes longer than anybody waits.
    private static let heavy = "SELECT count(*) AS n FROM generate_series(1, 100000000000)"

    /// How many pages are at work at this moment: each holds its checkpoint.
    private static let pages = """
        SELECT count(*) FROM pg_locks WHERE relation = 'hooklog.checkpoint'::regclass AND pid <> pg_backend_pid()
        """

    private func stepper(_ pool: PostgresPool, pageTimeout: Duration = .seconds(10)) -> ProjectionStepper {
        ProjectionStepper(
            pool: pool,
            pageTimeout: pageTimeout,
            recordTimeout: .seconds(30),
            isolatesPages: true,
            metrics: ProjectorMetrics(),
            logger: TestDatabase.logger
        )
    }

    private func step(_ projection: String, _ generation: Int64, limit: Int32 = 1_000) -> ProjectionStep {
        ProjectionStep(
            workspace: .first,
            key: GenerationKey(
                projection: ProjectionName(rawValue: projection),
                generation: GenerationID(rawValue: generation)
            ),
            state: .active,
            maxEvents: limit,
            maxBytes: 1 << 20
        )
    }

    /// What became of a page that was begun: one that had no connection in its time, as on a busy machine, counts for nothing.
    private func outcome(of step: ProjectionStep, by stepper: ProjectionStepper) async -> StepReport.Outcome {
        while true {
            let outcome = await stepper.take(step).outcome
            guard outcome == .unavailable else { return outcome }
        }
    }

    @Test func slowProjectionsDoNotHoldUpTheDirectory() async throws {
        try await ProjectionHarness.run { harness in
            for name in ["slow_a", "slow_b", "slow_c", "slow_d", "slow_e"] {
                try await harness.register(name, Self.heavy)
            }
            let users = ProjectorServiceTests.Process(harness, scope: .users, pageTimeout: .seconds(10))
            let builtIn = ProjectorServiceTests.Process(harness, scope: .builtIn)
            try await users.run {
                try await harness.append([ContactEvent(id: 1, entity: "c", second: 1).body])
                while try await harness.number(Self.pages) == 0 {
                    users.activity.appended(.first)
                }
                try await builtIn.run {
                    let start = ContinuousClock.now
                    for id in 2...6 {
                        try await harness.append([ContactEvent(id: id, entity: "c", second: id).body])
                        for process in [users, builtIn] {
                            process.activity.appended(.first)
                        }
                        try await builtIn.wait(.first, for: id)
                    }
                    // One page of theirs takes longer.
                    #expect(ContinuousClock.now - start < .seconds(10))
                }
            }
            let read = "SELECT coalesce(max(position), 0) FROM hooklog.checkpoint WHERE projection LIKE 'slow%'"
            #expect(try await harness.number(read) == 0)
        }
    }

    @Test func eachProjectorKeepsItsOwn() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.register("own", "SELECT 1 AS a")
            try await harness.append([ContactEvent(id: 1, entity: "c", second: 1).body])
            let users = ProjectorServiceTests.Process(harness, scope: .users)
            try await users.run { try await users.wait(.first, ProjectionName(rawValue: "own"), for: 1) }
            let read = "SELECT string_agg(projection, ' ') AS read FROM hooklog.checkpoint WHERE position > 0"
            #expect(try await harness.rows(read) == ["own"])
            let builtIn = ProjectorServiceTests.Process(harness, scope: .builtIn)
            try await harness.append([ContactEvent(id: 2, entity: "c", second: 2).body])
            try await builtIn.run { try await builtIn.wait(.first, for: 2) }
            let own = "SELECT position FROM hooklog.checkpoint WHERE projection = 'own'"
            #expect(try await harness.number(own) == 1)
        }
    }

    @Test func nothingOfAPageStaysInItsSession() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.connection.script(
                """
                CREATE FUNCTION projection.sly() RETURNS text LANGUAGE plpgsql STABLE AS
                $$ BEGIN
                    PERFORM set_config('work_mem', '7MB', false), pg_advisory_lock(hooklog.command_flag(1));
                    RETURN current_setting('statement_timeout');
                END $$
                """
            )
            try await harness.register("sly", "SELECT projection.sly() AS a")
            try await harness.append([RefusedEventTests.contact(1, "1")])
            let generation = try await harness.generation()
            try await harness.withPool(size: 1) { pool in
                let report = await stepper(pool).take(step("sly", generation))
                #expect(report.outcome == .folded)
                let left = PostgresStatement(
                    name: "left",
                    sql: """
                        SELECT current_setting('work_mem') <> '7MB' AND current_setting('statement_timeout') = '0'
                            AND current_user = 'hooklog_owner'
                            AND NOT EXISTS (
                                SELECT FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()
                            ) AS is_clean
                        """
                )
                let isClean: Bool? = try await pool.query(left).first?["is_clean"]
                #expect(isClean == true)
            }
            #expect(try await harness.rows("SELECT a FROM projection.sly") == ["12s"])
        }
    }

    @Test func heavySelectIsHalvedAndStopsAtLast() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.register("heavy", Self.heavy)
            try await harness.append((1...3).map { RefusedEventTests.contact($0, "1") })
            let generation = try await harness.generation()
            try await harness.withPool { pool in
                let stepper = stepper(pool, pageTimeout: .seconds(2))
                #expect(await outcome(of: step("heavy", generation, limit: 2), by: stepper) == .halved)
                for attempt in 1...5 {
                    #expect(await outcome(of: step("heavy", generation), by: stepper) == .stopped, "attempt \(attempt)")
                    try await harness.connection.script("UPDATE hooklog.checkpoint SET retry_at = NULL")
                }
            }
            let checkpoint =
                "SELECT position, page_limit, error, sqlstate FROM hooklog.checkpoint WHERE projection = 'heavy'"
            #expect(try await harness.rows(checkpoint) == ["0|1|statement_failed|HL005"])
        }
    }

    /// One event whose document alone makes the SELECT heavy.
    @Test func heavyEventAmongOthersIsSetAside() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.register(
                "loops",
                "SELECT count(*) AS n FROM generate_series(1, (document ->> 'n')::bigint)"
            )
            try await harness.append([
                RefusedEventTests.contact(1, "100000000000"), RefusedEventTests.contact(2, "2"),
                RefusedEventTests.contact(3, "3"),
            ])
            let generation = try await harness.generation()
            try await harness.withPool { pool in
                let stepper = stepper(pool, pageTimeout: .seconds(2))
                var outcomes: [StepReport.Outcome] = []
                while outcomes.last != .caughtUp, outcomes.count < 20 {
                    outcomes.append(await outcome(of: step("loops", generation, limit: 2), by: stepper))
                    try await harness.connection.script("UPDATE hooklog.checkpoint SET retry_at = NULL")
                }
                #expect(outcomes.last == .caughtUp, "\(outcomes)")
            }
            #expect(try await harness.rows("SELECT position, reason FROM hooklog.dead_letter") == ["1|too_heavy"])
            #expect(try await harness.rows("SELECT entity_id, n FROM projection.loops ORDER BY 1") == ["c2|2", "c3|3"])
        }
    }
}
