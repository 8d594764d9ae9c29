import Foundation
import PostgresTesting
import Testing

/// The service's wall clock, and PostgreSQL's, jumps by minutes to days and back: nothing that was acknowledged is lost or
/// there twice, and what is refused meanwhile is accepted later.
///
/// Each clock jumps once forth and once back unless `HOOKLOG_CAMPAIGN_SECONDS` says more.
@Suite(.serialized, .timeLimit(.minutes(180)))
struct ClockCampaignTests {
    private static let day: Int64 = 86_400
    /// How far it jumps; the last two are beyond what signatures' times may be off.
    ///
    /// An event that is more than 32 days ahead of PostgreSQL's clock and of the checkpoint is not looked for until the clock
    /// comes near (see hooklog.catch_up()), and a jump may end before it is folded: forth and back together are less.
    private static let distances: [ClosedRange<Int64>] = [60...240, 400...day, day...(15 * day)]

    @Test func jumpsOfTheClockLoseNothing() async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "clock-\(UInt32.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let services = try await ShiftedClock.make(in: directory, name: "service")
        let databases = try await ShiftedClock.make(in: directory, name: "postgres")
        let cluster = try await TestCluster(environment: databases.environment)
        defer { cluster.destroy() }
        let hooklog = try ServedHooklog(on: cluster.connectionString(), environment: services.environment)
        try await ServedHooklog.with(hooklog) { hooklog in
            let work = try await CampaignWork(in: hooklog)
            let end = ContinuousClock.now + CampaignLength.of(percent: 20, short: .zero)
            try await work.run {
                var round = 0
                repeat {
                    for (name, clock) in [("service", services), ("PostgreSQL", databases)] {
                        for sign: Int64 in [1, -1] {
                            let distance = Self.distances.randomElement().map { Int64.random(in: $0) } ?? 0
                            try await jump(name, clock, by: sign * distance, work)
                        }
                    }
                    round += 1
                } while ContinuousClock.now < end
            }
        }
    }

    /// Sets a clock off for a moment; nothing but time ends it.
    private func jump(_ name: String, _ clock: ShiftedClock, by seconds: Int64, _ work: CampaignWork) async throws {
        try await work.load.waitForAcknowledgements(Int.random(in: 5...100))
        await work.tally.clockIsOff(true)
        try clock.shift(by: seconds)
        // Whoever set it wrong sets it right some time later.
        try await Task.sleep(for: .milliseconds(Int64.random(in: 100...1_500)))
        try clock.shift(by: 0)
        await work.tally.injected("\(name)'s clock \(seconds > 0 ? "ahead" : "behind")")
        // Then every answer that was given before has come.
        try await work.load.waitForAcknowledgements(100)
        await work.tally.clockIsOff(false)
    }
}
