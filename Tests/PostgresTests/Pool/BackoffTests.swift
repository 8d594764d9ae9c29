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
}
