/// Estimates how fast a count grows, from the last minute or so.
package struct RateEstimator: Sendable {
    private struct Sample: Sendable {
        let count: Int64
        let time: ContinuousClock.Instant
    }

    private var samples: [Sample] = []
    private static let window = Duration.seconds(60)

    /// Creates an estimator that has seen nothing.
    package init() {}

    /// Takes note of a count.
    package mutating func note(_ count: Int64, at time: ContinuousClock.Instant) {
        samples.append(Sample(count: count, time: time))
        while samples.count > 2, let first = samples.first, time - first.time > Self.window { samples.removeFirst() }
    }

    /// The growth in a second; 0 before there are two samples.
    package var perSecond: Double {
        guard let first = samples.first, let last = samples.last, last.time > first.time else { return 0 }
        return Double(last.count - first.count) / ((last.time - first.time) / .seconds(1))
    }

    /// How long it takes to a total at this rate; nil when nothing grows.
    package func remaining(from count: Int64, to total: Int64) -> Duration? {
        guard perSecond > 0 else { return nil }
        return .seconds(Double(max(0, total - count)) / perSecond)
    }
}
