import Foundation
import Testing

/// Killing any process at any moment loses no acknowledged event and stores none twice.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct CrashTests {
    /// How often each process is killed: a few times in CI, `HOOKLOG_TEST_KILLS` times when asked.
    private static let kills = ProcessInfo.processInfo.environment["HOOKLOG_TEST_KILLS"].flatMap { Int($0) } ?? 3

    @Test func killedServiceLosesNothingItAcknowledged() async throws {
        try await surviveKills { hooklog in
            await hooklog.crash()
            try await hooklog.start()
        }
    }

    @Test func killedPostgresLosesNothingThatWasAcknowledged() async throws {
        try await surviveKills { hooklog in
            try await hooklog.crashPostgres()
            try await hooklog.waitUntilReady()
        }
    }

    /// Delivers from 64 senders while `kill` is done at random moments, then checks the log against what was
    /// acknowledged.
    private func surviveKills(_ kill: @escaping @Sendable (ServedHooklog) async throws -> Void) async throws {
        try await ServedHooklog.with { hooklog in
            let workspace = try await DemoWorkspace.make(in: hooklog)
            let sender = try SignedSender(url: hooklog.url + workspace.path, secret: workspace.secret)
            let load = SenderLoad()
            try await withThrowingTaskGroup { group in
                for lane in 0..<64 {
                    group.addTask { await load.run(lane: lane, sender: sender) }
                }
                for _ in 0..<Self.kills {
                    try await load.waitForAcknowledgements(Int.random(in: 20...400))
                    try await kill(hooklog)
                }
                try await load.waitForAcknowledgements(50)
                load.finish()
                try await group.waitForAll()
            }
            let acknowledged = load.acknowledged
            let logged = Set(
                try await hooklog.query("SELECT event_id FROM hooklog.event").split(separator: "\n").map(String.init)
            )
            #expect(acknowledged.count > Self.kills * 20)
            #expect(acknowledged.subtracting(logged).isEmpty)
            try await LogChecks.expectSound(hooklog)
        }
    }
}
