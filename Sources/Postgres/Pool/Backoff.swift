/// Waits between attempts to reach the database: doubling up to a limit, with jitter.
struct Backoff: Sendable {
    var first: Duration = .milliseconds(100)
    var limit: Duration = .seconds(2)

    /// The wait after the given number of failed attempts: between half of the doubled time and all of it.
    ///
    /// `jitter` lies in 0..<1.
    func delay(afterAttempts attempts: Int, jitter: Double) -> Duration {
        let doublings = max(0, min(attempts - 1, 30))
        let full = min(limit, first * (1 << doublings))
        return full * (0.5 + jitter / 2)
    }
}
