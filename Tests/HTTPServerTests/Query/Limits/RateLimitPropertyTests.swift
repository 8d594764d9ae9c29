import EventLog
import Postgres
import PostgresTesting
import Seeding
import Testing

@testable import HTTPServer

/// Random histories of some processes that share a ledger, with answers that come late, out of order or not at all.
struct RateLimitPropertyTests {
    @Test(arguments: 0..<40)
    func oneProcessNeverExceedsTheLimitInAnyMinute(seed: UInt64) throws {
        var history = try History(seed: seed, processes: 1, losesAnswers: true)
        history.run(steps: 4000)
        #expect(history.mostInAMinute <= history.limit, "limit \(history.limit)")
    }

    @Test(arguments: 0..<40)
    func furtherProcessesExceedItByTheirCreditAtMost(seed: UInt64) throws {
        let processes = 2 + Int(seed % 3)
        var history = try History(seed: seed, processes: processes, losesAnswers: true)
        history.run(steps: 4000)
        let bound = history.limit + (processes - 1) * RequestBudget.credit(of: history.limit)
        #expect(history.mostInAMinute <= bound, "limit \(history.limit)")
    }

    /// What a request counts longer than a minute is less than a second, and credit that was reported late.
    @Test(arguments: 0..<40)
    func refusalMeansThatTheLimitWasUsed(seed: UInt64) throws {
        let processes = 1 + Int(seed % 3)
        var history = try History(seed: seed, processes: processes, losesAnswers: false)
        history.run(steps: 4000)
        let bound = history.limit - processes * RequestBudget.credit(of: history.limit)
        #expect(history.fewestBeforeARefusal.map { $0 >= bound } ?? true, "limit \(history.limit)")
    }

    @Test func historiesReachTheLimit() throws {
        let refusals = try (0..<40).map { seed in
            var history = try History(seed: UInt64(seed), processes: 1, losesAnswers: false)
            history.run(steps: 4000)
            return history.fewestBeforeARefusal == nil ? 0 : 1
        }
        #expect(refusals.reduce(0, +) >= 10)
    }
}

/// A random history, and what became of its requests.
private struct History: ~Copyable {
    /// A count on its way: to the ledger, or back from it.
    private struct Count {
        let process: Int
        let reported: Int
        let ahead: Int
        var answer: RequestCount.Window?
    }

    let limit: Int
    private let key: APIKeyText
    private let losesAnswers: Bool
    private let start = ContinuousClock.now
    private var random: SeededGenerator
    private var machines: [Box]
    private var ledger: ModelLedger
    private var underWay: [Count] = []
    private var now: Int64 = 1_000_000_000_000
    private var admissions: [Int64] = []
    private(set) var mostInAMinute = 0
    private(set) var fewestBeforeARefusal: Int?

    /// Lets machines, which cannot be copied, stand in an array.
    private final class Box {
        var machine = RateLimitStateMachine()
    }

    init(seed: UInt64, processes: Int, losesAnswers: Bool) throws {
        random = SeededGenerator(seed: seed)
        limit = [1, 2, 7, 30, 60, 600, 1000, 2500, 3000].randomElement(using: &random) ?? 1
        key = try #require(APIKeyText.sample(1))
        self.losesAnswers = losesAnswers
        machines = (0..<processes).map { _ in Box() }
        ledger = ModelLedger(limit: limit)
    }

    private var instant: ContinuousClock.Instant { start + .microseconds(now - 1_000_000_000_000) }

    mutating func run(steps: Int) {
        let pace: Int64 = [1_000, 10_000, 50_000, 400_000].randomElement(using: &random) ?? 1
        for _ in 0..<steps {
            now += Int64.random(in: 0...2 * pace, using: &random)
            if Int.random(in: 0..<500, using: &random) == 0 { now += Int64.random(in: 0...70_000_000, using: &random) }
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<5: request()
            default: advanceACount()
            }
        }
    }

    private mutating func request() {
        let process = Int.random(in: machines.indices, using: &random)
        switch machines[process].machine.request(key, at: instant) {
        case .pass: Issue.record("a limited key passed")
        case .admit: admitted()
        case .count(let unreported, let ahead):
            underWay.append(Count(process: process, reported: unreported, ahead: ahead))
        }
    }

    /// One of the counts under way reaches the ledger, or its process; or is lost on either way.
    private mutating func advanceACount() {
        guard let index = underWay.indices.randomElement(using: &random) else { return }
        if losesAnswers, Int.random(in: 0..<50, using: &random) == 0 {
            let lost = underWay.remove(at: index)
            return machines[lost.process].machine.failed(for: key, reported: lost.reported)
        }
        guard let answer = underWay[index].answer else {
            let count = underWay[index]
            let answer = ledger.count(unreported: count.reported, ahead: count.ahead, at: now)
            underWay[index].answer = answer
            // A request whose answer is lost later was admitted as far as the ledger knows; that it is not is no excess.
            answer.isAdmitted ? admitted() : refused()
            return
        }
        let heard = underWay.remove(at: index)
        let verdict = machines[heard.process].machine.counted(
            .limited(answer),
            for: key,
            reported: heard.reported,
            at: instant
        )
        if case .pass = verdict { Issue.record("a limited key passed") }
    }

    private mutating func admitted() {
        admissions.append(now)
        mostInAMinute = max(mostInAMinute, admitted(within: 60_000_000))
    }

    private mutating func refused() {
        let count = admitted(within: 61_000_000)
        fewestBeforeARefusal = min(fewestBeforeARefusal ?? count, count)
    }

    /// How many were admitted last; the times only grow.
    private func admitted(within microseconds: Int64) -> Int {
        var (low, high) = (0, admissions.count)
        while low < high {
            let middle = (low + high) / 2
            if admissions[middle] > now - microseconds { high = middle } else { low = middle + 1 }
        }
        return admissions.count - low
    }
}
