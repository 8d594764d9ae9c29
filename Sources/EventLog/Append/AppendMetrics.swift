import Metrics

/// The appender's metrics.
struct AppendMetrics: Sendable {
    /// How many deliveries a batch that goes out has.
    let batchSize = Recorder(label: "hooklog.append.batch.size", aggregate: true)
    /// How long an append took.
    let duration = Timer(label: "hooklog.append.duration")
    /// How many deliveries wait or are being appended.
    let depth = Gauge(label: "hooklog.append.queue.depth")
    /// Deliveries that found the queue full or closed.
    let refused = Counter(label: "hooklog.append.refused")
    /// Batches of which nothing was acknowledged.
    let failed = Counter(label: "hooklog.append.failures")
    private let outcomes: [AppendReceipt.Outcome: Counter]

    init() {
        outcomes = Dictionary(
            uniqueKeysWithValues: AppendReceipt.Outcome.allCases.map {
                ($0, Counter(label: "hooklog.append.events", dimensions: [("outcome", $0.rawValue)]))
            }
        )
    }

    /// Notes what became of a batch.
    func recordReceipts(_ receipts: [AppendReceipt]) {
        for outcome in AppendReceipt.Outcome.allCases {
            let count = receipts.count { $0.outcome == outcome }
            if count > 0 { outcomes[outcome]?.increment(by: count) }
        }
    }
}
