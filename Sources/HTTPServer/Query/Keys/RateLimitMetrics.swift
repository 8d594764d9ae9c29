import CoreMetrics

/// Counts the requests that were refused for their key's limit.
struct RateLimitMetrics: Sendable {
    private let live: Counter
    private let test: Counter

    init(factory: any MetricsFactory) {
        let label = "hooklog.rate_limit.rejections"
        live = Counter(label: label, dimensions: [("data", "live")], factory: factory)
        test = Counter(label: label, dimensions: [("data", "test")], factory: factory)
    }

    /// Counts a refusal of a live key's request, else of a test key's.
    func countRejection(livemode: Bool) {
        (livemode ? live : test).increment()
    }
}
