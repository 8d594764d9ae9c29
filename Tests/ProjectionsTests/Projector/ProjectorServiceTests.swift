import EventLog
import Postgres
import PostgresTesting
import Seeding
import ServiceLifecycle
import Testing

@testable import Projections

/// Projectors as they run in a process, or in two.
@Suite(.timeLimit(.minutes(10)))
struct ProjectorServiceTests {
    /// One process: a pool, a projector and a waiter.
    struct Process: Sendable {
        let pool: PostgresPool
        let activity = LogActivity()
        let waiter: ReadModelWaiter
        let projector: ProjectorService

        init(
            _ harness: ProjectionHarness,
            sweep: Duration = .milliseconds(200),
            rollbackWindow: Duration = .seconds(3_600),
            scope: ProjectorConfiguration.Scope = .all,
            pageTimeout: Duration = .seconds(60)
        ) {
            var configuration = ProjectorConfiguration()
            configuration.scope = scope
            configuration.sweepInterval = sweep
            configuration.pageTimeout = pageTimeout
            configuration.rollbackWindow = rollbackWindow
            pool = PostgresPool(
                PostgresPoolConfiguration(patient: harness.configuration, size: 8),
                logger: TestDatabase.logger
            )
            waiter = ReadModelWaiter(pool: pool, logger: TestDatabase.logger)
            projector = ProjectorService(
                pool: pool,
                activity: activity,
                waiter: waiter,
                configuration: configuration,
                logger: TestDatabase.logger
            )
        }

        /// Runs the services while `body` does.
        func run(_ body: () async throws -> Void) async throws {
            let services = ServiceGroup(services: [waiter, projector], logger: TestDatabase.logger)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await services.run() }
                do {
                    try await body()
                } catch {
                    await services.triggerGracefulShutdown()
                    throw error
                }
                await services.triggerGracefulShutdown()
                try await group.waitForAll()
            }
            await pool.shutdown(deadline: .now + .seconds(10))
        }

        func wait(_ workspace: WorkspaceID, _ projection: ProjectionName = .directory, for position: Int) async throws {
            let reached = try await waiter.waitUntil(
                workspace,
                projection,
                reaches: Position(rawValue: Int64(position)),
                deadline: .now + .seconds(60)
            )
            #expect(reached.rawValue >= position)
        }
    }

    @Test func wakeUpIsNotLeftToTheSweep() async throws {
        try await ProjectionHarness.run { harness in
            let process = Process(harness, sweep: .seconds(2))
            try await process.run {
                let start = ContinuousClock.now
                for id in 1...20 {
                    try await harness.append([ContactEvent(id: id, entity: "c", second: id).body])
                    process.activity.appended(.first)
                    try await process.wait(.first, for: id)
                }
                #expect(ContinuousClock.now - start < .seconds(20))
            }
        }
    }

    @Test func sweepFindsWhatNobodyToldOf() async throws {
        try await ProjectionHarness.run { harness in
            var generator = SeededGenerator(seed: 5)
            var logs: [WorkspaceID: [ContactEvent]] = [:]
            for number in 1...12 {
                let workspace = try await harness.workspace("w\(number)")
                let log = ContactEvent.history(40, using: &generator)
                try await harness.append(log.map(\.body), to: workspace)
                logs[workspace] = log
            }
            let process = Process(harness)
            try await process.run {
                for workspace in logs.keys { try await process.wait(workspace, for: 40) }
            }
            for (workspace, log) in logs {
                let query = ReferenceFold.query(table: "hooklog.contact", workspace: workspace.rawValue)
                #expect(try await harness.rows(query) == ReferenceFold.rows(log))
            }
        }
    }

    @Test func twoProcessesShareTheWorkAndLoseNoStatementThatIsKilled() async throws {
        try await ProjectionHarness.run { harness in
            var generator = SeededGenerator(seed: 6)
            let workspaces = [WorkspaceID.first, try await harness.workspace("b"), try await harness.workspace("c")]
            var logs: [WorkspaceID: [ContactEvent]] = [:]
            let (left, right) = (Process(harness), Process(harness))
            try await left.run {
                try await right.run {
                    for round in 0..<40 {
                        let workspace = workspaces[round % 3]
                        var log = logs[workspace, default: []]
                        let more = ContactEvent.history(30, using: &generator).map { event in
                            var event = event
                            event.id += log.count
                            return event
                        }
                        log += more
                        logs[workspace] = log
                        try await harness.append(more.map(\.body), to: workspace)
                        left.activity.appended(workspace)
                        right.activity.appended(workspace)
                        if round % 5 == 0 { try await killSteps(harness) }
                    }
                    for (workspace, log) in logs { try await right.wait(workspace, for: log.count) }
                }
            }
            for (workspace, log) in logs {
                let query = ReferenceFold.query(table: "hooklog.contact", workspace: workspace.rawValue)
                #expect(try await harness.rows(query) == ReferenceFold.rows(log))
            }
        }
    }

    /// Ends the server processes that are folding a page.
    private func killSteps(_ harness: ProjectionHarness) async throws {
        _ = try await harness.database.withConnection { killer in
            try await killer.script(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%hooklog.project(%'
                """
            )
        }
    }

    @Test func newVersionTakesOverWhileEventsArrive() async throws {
        try await ProjectionHarness.run { harness in
            let name = ProjectionName(rawValue: "health")
            try await harness.register("health", "SELECT hooklog.integer(document, 'n') AS n")
            let process = Process(harness, rollbackWindow: .zero)
            try await process.run {
                var count = 0
                func append() async throws {
                    count += 1
                    try await harness.append([RefusedEventTests.contact(count, "\(count)")])
                    process.activity.appended(.first)
                }
                for _ in 1...20 { try await append() }
                try await process.wait(.first, name, for: 20)
                try await harness.register("health", "SELECT hooklog.integer(document, 'n') AS n, 'new' AS version")
                let replaced =
                    "(SELECT count(*) FROM hooklog.projection_generation WHERE projection = 'health' AND state = 'dropped') = 1"
                while try await harness.rows("SELECT \(replaced)") != ["true"] {
                    try await append()
                    let rows = try await harness.number("SELECT count(*) FROM projection.health")
                    #expect(rows == 5)
                }
                try await process.wait(.first, name, for: count)
                #expect(
                    try await harness.number("SELECT max(n) FROM projection.health WHERE version = 'new'")
                        == Int64(count)
                )
            }
        }
    }

    @Test func buildIsLeftToTheCommandThatIsAtWorkOnIt() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.append([ContactEvent(id: 1, entity: "c", second: 1).body])
            try await harness.project()
            let build = try await harness.number("SELECT hooklog.start_rebuild('directory')")
            try await harness.connection.script("SELECT hooklog.attend_build('directory', \(build), 60)")
            let process = Process(harness, sweep: .milliseconds(20))
            try await process.run {
                var id = 1
                func append() async throws {
                    id += 1
                    try await harness.append([ContactEvent(id: id, entity: "c", second: id).body])
                    process.activity.appended(.first)
                    try await process.wait(.first, for: id)
                }
                for _ in 2...10 { try await append() }
                let begun = "SELECT count(*) FROM hooklog.checkpoint WHERE generation = \(build)"
                #expect(try await harness.number(begun) == 0)
                try await harness.connection.script("SELECT hooklog.attend_build('directory', \(build), 0)")
                let state = "SELECT state FROM hooklog.projection_generation WHERE generation = \(build)"
                while try await harness.rows(state) != ["active"] { try await append() }
            }
        }
    }

    @Test func slicesOfTheSweepCoverAllWorkspaces() async throws {
        try await ProjectionHarness.run { harness in
            for number in 1...7 {
                let workspace = try await harness.workspace("w\(number)")
                try await harness.append([ContactEvent(id: 1, entity: "c", second: 1).body], to: workspace)
            }
            try await harness.withPool { pool in
                var sweep = PendingSweep(pool: pool, sliceSize: 3)
                var found: [Int64] = []
                var slices = 0
                var isLast = false
                while !isLast {
                    let slice = try await sweep.next(deadline: .now + .seconds(10))
                    found += slice.pending.map(\.workspace.rawValue)
                    isLast = slice.isLast
                    slices += 1
                }
                #expect(slices == 3)
                #expect(found == [2, 3, 4, 5, 6, 7, 8])
                #expect(sweep.measured[.directory]?.events == 1)
            }
        }
    }

    @Test func idleWorkspacesCostLittle() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.connection.script(
                "SELECT count(hooklog.create_workspace('w' || n, 'W')) FROM generate_series(1, 5000) AS n"
            )
            try await harness.append([ContactEvent(id: 1, entity: "c", second: 1).body])
            let plan = PostgresStatement(
                name: "explain",
                sql: "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT * FROM hooklog.pending_projections(0, 1000)"
            )
            let text: String = try #require(await harness.connection.query(plan).first).decode(0)
            let buffers = text.split(separator: "\n").first { $0.contains("Shared Hit Blocks") }
            let count = buffers.flatMap { Int($0.filter(\.isNumber)) } ?? .max
            #expect(count < 1_000 * 25)
        }
    }
}
