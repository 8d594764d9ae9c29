/// Waits between attempts: doubling up to a limit, with jitter.
package struct Backoff: Sendable {
    private let first: Duration
    private let limit: Duration

    /// Makes the waits between attempts to reach the database, or others.
    package init(first: Duration = .milliseconds(100), limit: Duration = .seconds(2)) {
        self.first = first
        self.limit = limit
    }

    /// The wait after the given number of failed attempts: between half of the doubled time and all of it.
    ///
    /// `jitter` lies in 0..<1.
    package func delay(afterAttempts attempts: Int, jitter: Double = .random(in: 0..<1)) -> Duration {
        let doublings = max(0, min(attempts - 1, 30))
        let full = min(limit, first * (1 << doublings))
        return full * (0.5 + jitter / 2)
    }
}
