import Metrics

/// The appender's metrics.
struct AppendMetrics: Sendable {
    private let batchSize = Recorder(label: "hooklog.append.batch.size", aggregate: true)
    private let duration = Recorder(label: "hooklog.append.duration", aggregate: true)
    private let depth = Gauge(label: "hooklog.append.queue.depth")
    private let refused = Counter(label: "hooklog.append.refused")
    private let failed = Counter(label: "hooklog.append.failures")
    private let outcomes: [AppendReceipt.Outcome: Counter]

    init() {
        outcomes = Dictionary(
            uniqueKeysWithValues: AppendReceipt.Outcome.allCases.map {
                ($0, Counter(label: "hooklog.append.events", dimensions: [("outcome", $0.rawValue)]))
            }
        )
    }

    /// Notes a batch that goes out, and how much waits with it.
    func recordStart(of batch: AppendBatch, depth queued: Int) {
        batchSize.record(batch.entries.count)
        depth.record(queued)
    }

    /// Notes how long an append took, in seconds.
    func recordDuration(_ elapsed: Duration) {
        duration.record(elapsed / .seconds(1))
    }

    /// Notes what became of a batch.
    func recordReceipts(_ receipts: [AppendReceipt]) {
        for outcome in AppendReceipt.Outcome.allCases {
            let count = receipts.count { $0.outcome == outcome }
            if count > 0 { outcomes[outcome]?.increment(by: count) }
        }
    }

    /// Notes a delivery that found the queue full or closed.
    func recordRefusal() { refused.increment() }

    /// Notes a batch of which nothing was acknowledged.
    func recordFailure() { failed.increment() }
}
