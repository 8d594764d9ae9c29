import Testing

@testable import Projections

/// How fast a rebuild is.
struct RateEstimatorTests {
    @Test func rateIsThatOfTheLastMinute() {
        var estimator = RateEstimator()
        let start = ContinuousClock.now
        #expect(estimator.perSecond == 0)
        #expect(estimator.remaining(from: 0, to: 10) == nil)
        estimator.note(0, at: start)
        estimator.note(1_000, at: start + .seconds(100))
        estimator.note(2_000, at: start + .seconds(110))
        estimator.note(3_000, at: start + .seconds(120))
        #expect(estimator.perSecond == 100)
        #expect(estimator.remaining(from: 3_000, to: 4_000) == .seconds(10))
        #expect(estimator.remaining(from: 4_000, to: 3_000) == .zero)
    }
}
