import EventLog
import Postgres
import PostgresTesting
import Projections
import Seeding
import Synchronization
import Testing

/// Building a projection anew.
@Suite(.timeLimit(.minutes(10)))
struct RebuildTests {
    private func fill(_ harness: ProjectionHarness, _ workspace: WorkspaceID = .first, seed: UInt64 = 3) async throws {
        var generator = SeededGenerator(seed: seed)
        try await harness.append(ContactEvent.history(80, using: &generator).map(\.body), to: workspace)
        try await harness.project(workspace)
    }

    /// Spoils the read model, so that a rebuild shows.
    private func spoil(_ harness: ProjectionHarness) async throws -> [String] {
        let rows = try await harness.rows("TABLE hooklog.contact")
        try await harness.connection.script("UPDATE hooklog_data.contact_1 SET document = '{}'")
        return rows
    }

    @Test func rebuildPutsTheTablesRight() async throws {
        try await ProjectionHarness.run { harness in
            let other = try await harness.workspace("other")
            try await fill(harness)
            try await fill(harness, other, seed: 4)
            let rows = try await spoil(harness)
            let seen = Mutex<[RebuildProgress]>([])
            try await harness.withPool { pool in
                try await Rebuild(pool: pool, logger: TestDatabase.logger)
                    .run(.directory) { progress in seen.withLock { $0.append(progress) } }
            }
            #expect(Set(try await harness.rows("TABLE hooklog.contact")) == Set(rows))
            let phases = seen.withLock { $0 }.map(\.phase)
            #expect(phases.first == .folding && phases.last == .done)
            #expect(seen.withLock { $0.last }?.eventsDone == 160)
            #expect(seen.withLock { $0.last }?.eventsTotal == 160)
            let states = "SELECT state FROM hooklog.projection_generation ORDER BY generation"
            #expect(try await harness.rows(states) == ["dropped", "active"])
        }
    }

    @Test func rebuildGoesOnWhereItWasLeft() async throws {
        try await ProjectionHarness.run { harness in
            try await fill(harness)
            let begun = try await harness.number("SELECT hooklog.start_rebuild('directory')")
            try await harness.step(.first, "directory", begun, limit: 30)
            let rows = try await spoil(harness)
            try await harness.withPool { pool in
                try await Rebuild(pool: pool, logger: TestDatabase.logger).run(.directory)
            }
            #expect(Set(try await harness.rows("TABLE hooklog.contact")) == Set(rows))
            let active = "SELECT generation FROM hooklog.projection_generation WHERE state = 'active'"
            #expect(try await harness.number(active) == begun)
        }
    }

    @Test func cancelDropsTheBuild() async throws {
        try await ProjectionHarness.run { harness in
            try await fill(harness)
            try await harness.withPool { pool in
                let rebuild = Rebuild(pool: pool, logger: TestDatabase.logger)
                #expect(try await rebuild.cancel(.directory) == false)
                _ = try await harness.number("SELECT hooklog.start_rebuild('directory')")
                #expect(try await rebuild.cancel(.directory))
                #expect(try await harness.number("SELECT count(*) FROM hooklog.projection_generation") == 1)
            }
        }
    }

    @Test func oneWorkspaceIsRebuiltAlone() async throws {
        try await ProjectionHarness.run { harness in
            let other = try await harness.workspace("other")
            try await fill(harness)
            try await fill(harness, other, seed: 4)
            try await harness.append(["not json"])
            try await harness.project()
            let rows = try await spoil(harness)
            try await harness.withPool { pool in
                try await Rebuild(pool: pool, logger: TestDatabase.logger).run(.directory, workspaces: [.first])
            }
            let mended = try await harness.rows("SELECT * FROM hooklog.contact WHERE workspace_id = 1")
            #expect(Set(mended) == Set(rows.filter { $0.hasPrefix("1|") }))
            let spoilt = "SELECT count(*) FROM hooklog.contact WHERE workspace_id = \(other) AND document <> '{}'"
            #expect(try await harness.number(spoilt) == 0)
            #expect(try await harness.rows("SELECT position, reason FROM hooklog.dead_letter") == ["81|not_json"])
            #expect(
                try await harness.rows("SELECT state FROM hooklog.projection_generation ORDER BY 1") == [
                    "active", "dropped",
                ]
            )
            #expect(try await harness.step() == "caught_up")
        }
    }

    @Test func unknownProjectionIsSaid() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.withPool { pool in
                let error = await #expect(throws: ProjectionError.self) {
                    try await Rebuild(pool: pool, logger: TestDatabase.logger).run(ProjectionName(rawValue: "nothing"))
                }
                #expect(error?.code == .unknownProjection)
            }
        }
    }

    @Test func buildThatCannotBeFoldedStopsTheRebuild() async throws {
        try await ProjectionHarness.run { harness in
            try await fill(harness)
            let begun = try await harness.number("SELECT hooklog.start_rebuild('directory')")
            try await harness.connection.script("ALTER TABLE hooklog_data.contact_\(begun) RENAME COLUMN title TO gone")
            try await harness.withPool { pool in
                let rebuild = Rebuild(pool: pool, logger: TestDatabase.logger)
                let error = await #expect(throws: ProjectionError.self) { try await rebuild.run(.directory) }
                #expect(error?.code == .buildStopped)
                let status = try await ProjectionStatusReader(pool: pool).read().first
                #expect(status?.state == .rebuilding)
                #expect(status?.build?.error == "statement_failed")
            }
        }
    }
}
