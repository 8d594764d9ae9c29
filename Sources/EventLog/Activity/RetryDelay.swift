/// The growing waits between attempts to reach the database.
struct RetryDelay {
    private var attempts = 0
    private let first: Duration
    private let limit: Duration

    init(first: Duration = .milliseconds(100), limit: Duration = .seconds(2)) {
        self.first = first
        self.limit = limit
    }

    /// The next wait: doubling up to the limit, between half of that and all of it.
    ///
    /// `jitter` lies in 0..<1.
    mutating func next(jitter: Double) -> Duration {
        let full = min(limit, first * (1 << min(attempts, 20)))
        attempts += 1
        return full * (0.5 + jitter / 2)
    }

    /// Starts again from the first wait.
    mutating func reset() { attempts = 0 }
}
