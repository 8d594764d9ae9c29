/// Decides how long to wait before a request is repeated, and when to give up.
///
/// Input in, one answer out. Waits grow 1, 2, 4, 8 … up to 60 s, less up to half at random; a vendor that says how long to
/// wait is believed, up to five minutes at a time. Being told to wait is no failure, and is borne longer.
struct RetryPatience {
    private static let longestWait = 60.0
    private static let longestOrder = 300.0
    private static let orderLimit = 100

    private var failures = 0
    private var orders = 0
    /// After how many failures in a row it gives up.
    let limit: Int

    /// Creates a patience that bears `limit` failures in a row.
    init(limit: Int = 8) {
        self.limit = limit
    }

    /// How long to wait after a failure; nil when it is time to give up.
    ///
    /// `jitter` lies in 0..<1.
    mutating func afterFailure(jitter: Double) -> Duration? {
        failures += 1
        guard failures < limit else { return nil }
        return Self.wait(failures, jitter: jitter)
    }

    /// How long to wait after the vendor asked for it, with the seconds that it named; nil when it is time to give up.
    mutating func afterThrottling(seconds: Int?, jitter: Double) -> Duration? {
        orders += 1
        guard orders < Self.orderLimit else { return nil }
        guard let seconds, seconds >= 0 else { return Self.wait(orders, jitter: jitter) }
        // Whole seconds were rounded to, and requests of others wait for the same moment.
        return .seconds(min(Double(seconds), Self.longestOrder) + jitter)
    }

    private static func wait(_ attempt: Int, jitter: Double) -> Duration {
        .seconds(min(Double(1 << min(attempt - 1, 20)), longestWait) * (1 - jitter / 2))
    }
}
