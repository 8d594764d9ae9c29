import EventLog
import Projections
import Testing

/// What operators see of projections.
@Suite(.timeLimit(.minutes(10)))
struct ProjectionStatusTests {
    @Test func checkpointBeyondItsLogIsSeen() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.append((1...4).map { ContactEvent(id: $0, entity: "c", second: $0).body })
            try await harness.project()
            try await harness.connection.script(
                """
                SET hooklog.maintenance = on;
                DELETE FROM hooklog.event WHERE position > 2;
                DELETE FROM hooklog.delivery WHERE position > 2;
                RESET hooklog.maintenance;
                """
            )
            try await harness.withPool { pool in
                let status = try #require(try await ProjectionStatusReader(pool: pool).read(workspace: .first).first)
                #expect(status.state == .beyondLog)
                let damaged = try await LogInspector(pool: pool).damagedLogs()
                #expect(
                    damaged.map(\.description) == [
                        "the log of workspace first ends at position 2, but a projection has read it up to 4"
                    ]
                )
            }
        }
    }

    @Test func statusFollowsTheProjection() async throws {
        try await ProjectionHarness.run { harness in
            let other = try await harness.workspace("other")
            try await harness.append(["not json"] + (1...4).map { ContactEvent(id: $0, entity: "c", second: $0).body })
            try await harness.withPool { pool in
                let reader = ProjectionStatusReader(pool: pool)
                let begun = try #require(try await reader.read(workspace: .first).first)
                #expect(begun.slug == "first")
                #expect(begun.state == .catchingUp)
                #expect(begun.head == Position(rawValue: 5))
                #expect(begun.lag == 5)
                #expect(begun.lagSeconds > 0)
                try await harness.step(limit: 2)
                let half = try #require(try await reader.read(workspace: .first).first)
                #expect(half.position == Position(rawValue: 2))
                #expect(half.deadLetters == 1)
                try await harness.project()
                let done = try #require(try await reader.read(workspace: .first).first)
                #expect(done.state == .live)
                #expect(done.lag == 0)
                #expect(done.lagSeconds == 0)
                _ = try await harness.number("SELECT hooklog.start_rebuild('directory')")
                let all = try await reader.read()
                #expect(all.map(\.workspace) == [.first, other])
                #expect(all.map(\.state) == [.rebuilding, .rebuilding])
                #expect(all.first?.build?.position == .start)
            }
        }
    }
}
