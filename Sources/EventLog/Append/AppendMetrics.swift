import Metrics

/// The appender's metrics.
struct AppendMetrics: Sendable {
    private let batchSize = Recorder(label: "hooklog.append.batch.size", aggregate: true)
    private let duration = Timer(label: "hooklog.append.duration")
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

    /// Notes a batch that goes out.
    func recordStart(of batch: AppendBatch) { batchSize.record(batch.entries.count) }

    /// Notes how many deliveries wait or are being appended.
    func recordDepth(_ queued: Int) { depth.record(queued) }

    /// Notes how long an append took.
    func recordDuration(_ elapsed: Duration) { duration.record(duration: elapsed) }

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
