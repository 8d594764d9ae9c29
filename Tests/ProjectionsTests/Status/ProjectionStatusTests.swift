import EventLog
import Projections
import Testing

/// What operators see of projections.
@Suite(.timeLimit(.minutes(2)))
struct ProjectionStatusTests {
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
