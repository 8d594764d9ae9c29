import Postgres
import Testing

@testable import HTTPServer

struct RequestBudgetTests {
    private let start = ContinuousClock.now

    private func window(limit: Int, used: Int, admitted: Bool = true, at microseconds: Int64 = 0) -> RequestCount.Window
    {
        RequestCount.Window(
            limit: limit,
            used: used,
            isAdmitted: admitted,
            countedAt: PostgresTimestamp(microsecondsSince1970: microseconds),
            freesAt: PostgresTimestamp(microsecondsSince1970: microseconds + 60_000_000)
        )
    }

    private func budget(limit: Int, used: Int) -> RequestBudget {
        var budget = RequestBudget(countsUnderWay: 1, at: start)
        _ = budget.counted(window(limit: limit, used: used), reported: 0, at: start)
        return budget
    }

    /// Makes so many requests and returns how many were admitted before one was to be counted.
    private func credit(_ budget: inout RequestBudget, at now: ContinuousClock.Instant, upTo count: Int = 5000) -> Int {
        for index in 0..<count {
            guard case .admit = budget.request(at: now) else { return index }
        }
        return count
    }

    @Test(arguments: [1, 30, 60, 600, 999])
    func ordinaryLimitGetsNoCredit(limit: Int) {
        var budget = budget(limit: limit, used: 1)
        #expect(budget.request(at: start) == .count(unreported: 0))
    }

    @Test(arguments: [(1000, 1), (16_000, 16), (1_000_000, 1000)])
    func creditIsAThousandth(limit: Int, expected: Int) {
        var budget = budget(limit: limit, used: 1)
        #expect(credit(&budget, at: start) == expected)
    }

    @Test func spentCreditIsReportedOnce() {
        var budget = budget(limit: 5000, used: 1)
        for _ in 0..<5 { _ = budget.request(at: start) }
        #expect(budget.request(at: start) == .count(unreported: 5))
        #expect(budget.request(at: start) == .count(unreported: 0, ahead: 5))
    }

    /// The last place is the credit's, although the count that carries it comes last.
    @Test func overtakingCountTakesNobodysPlace() throws {
        var ledger = ModelLedger(limit: 1000)
        for _ in 0..<998 { _ = ledger.count(unreported: 0, at: 0) }
        var budget = RequestBudget(countsUnderWay: 1, at: start)
        _ = budget.counted(ledger.count(unreported: 0, at: 0), reported: 0, at: start)
        #expect(credit(&budget, at: start) == 1)
        #expect(budget.request(at: start) == .count(unreported: 0, ahead: 1))
        #expect(!ledger.count(unreported: 0, ahead: 1, at: 0).isAdmitted)
        #expect(!ledger.count(unreported: 1, at: 0).isAdmitted)
    }

    @Test func creditIsGivenAgainAfterTheReport() {
        var budget = budget(limit: 5000, used: 1)
        for _ in 0..<6 { _ = budget.request(at: start) }
        _ = budget.counted(window(limit: 5000, used: 7, at: 1), reported: 5, at: start)
        #expect(credit(&budget, at: start) == 5)
    }

    @Test func creditEnds() {
        var budget = budget(limit: 5000, used: 1)
        #expect(budget.request(at: start + .milliseconds(100)) == .count(unreported: 0))
    }

    @Test func creditStopsAtTheLimit() {
        var budget = budget(limit: 5000, used: 4997)
        #expect(credit(&budget, at: start) == 3)
    }

    @Test func countsUnderWayTakeFromTheCredit() {
        var budget = budget(limit: 5000, used: 1)
        for _ in 0..<3 { _ = budget.request(at: start + .seconds(1)) }
        // A late answer of no news, so that credit is fresh while two counts are still under way.
        _ = budget.counted(window(limit: 5000, used: 2, at: 1), reported: 0, at: start + .seconds(1))
        #expect(credit(&budget, at: start + .seconds(1)) == 3)
    }

    @Test func failedReportIsMadeAgain() {
        var budget = budget(limit: 5000, used: 1)
        for _ in 0..<6 { _ = budget.request(at: start) }
        budget.failed(reported: 5)
        #expect(budget.request(at: start) == .count(unreported: 5))
    }

    @Test func oldCreditIsNotReported() {
        var budget = budget(limit: 5000, used: 1)
        _ = budget.request(at: start)
        #expect(budget.request(at: start + .seconds(61)) == .count(unreported: 0))
    }

    @Test func olderAnswerChangesNothing() {
        var budget = RequestBudget(countsUnderWay: 2, at: start)
        _ = budget.counted(window(limit: 5000, used: 5000, at: 2), reported: 0, at: start)
        let standing = budget.counted(window(limit: 5000, used: 4999, at: 1), reported: 0, at: start)
        #expect(standing.remaining == 1)
        #expect(budget.request(at: start) == .count(unreported: 0))
    }

    @Test func standingTellsWhatIsLeft() {
        var budget = budget(limit: 5000, used: 1000)
        #expect(budget.request(at: start) == .admit(RateLimitStanding(limit: 5000, remaining: 3999, resetsAt: 60)))
        #expect(budget.request(at: start) == .admit(RateLimitStanding(limit: 5000, remaining: 3998, resetsAt: 60)))
    }

    @Test func loweredLimitLeavesNothing() {
        var budget = RequestBudget(countsUnderWay: 1, at: start)
        let standing = budget.counted(window(limit: 10, used: 25, admitted: false), reported: 0, at: start)
        #expect(standing == RateLimitStanding(limit: 10, remaining: 0, resetsAt: 60))
    }

    @Test(arguments: [(0, 60), (59_999_999, 1), (59_000_000, 1), (58_999_999, 2), (60_000_000, 1)])
    func waitIsInWholeSeconds(elapsed: Int64, seconds: Int64) {
        let window = RequestCount.Window(
            limit: 1,
            used: 1,
            isAdmitted: false,
            countedAt: PostgresTimestamp(microsecondsSince1970: elapsed),
            freesAt: PostgresTimestamp(microsecondsSince1970: 60_000_000)
        )
        #expect(window.secondsToWait == seconds)
    }
}
