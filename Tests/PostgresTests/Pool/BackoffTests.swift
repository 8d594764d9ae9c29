import Testing

@testable import Postgres

@Suite struct BackoffTests {
    @Test(arguments: [(1, 50), (2, 100), (3, 200), (5, 800), (6, 1000), (100, 1000)])
    func delayDoublesUpToTheLimit(attempts: Int, milliseconds: Int) {
        #expect(Backoff().delay(afterAttempts: attempts, jitter: 0) == .milliseconds(milliseconds))
    }

    @Test func jitterSpreadsOverHalfOfTheDelay() {
        let full = Backoff().delay(afterAttempts: 2, jitter: 0.999)
        #expect(full > .milliseconds(199))
        #expect(full < .milliseconds(200))
    }

    @Test func delaysGrowWithinTheirLimit() {
        let backoff = Backoff(first: .milliseconds(100), limit: .seconds(1))
        let delays = (1...8).map { backoff.delay(afterAttempts: $0, jitter: 1) }
        #expect(delays == [100, 200, 400, 800, 1000, 1000, 1000, 1000].map { .milliseconds($0) })
        #expect(backoff.delay(afterAttempts: 1, jitter: 0) == .milliseconds(50))
        #expect(backoff.delay(afterAttempts: 101, jitter: 0) == .milliseconds(500))
    }
}
