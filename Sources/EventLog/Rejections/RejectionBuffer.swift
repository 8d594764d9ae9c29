import Postgres

/// Collects refused deliveries between two flushes: every one counted, some kept as samples.
///
/// Its size is bounded: one count per source and reason, 100 samples per source and minute, and a thousand in all.
struct RejectionBuffer: ~Copyable {
    static let samplesPerMinute = 100
    static let sampleLimit = 1000
    static let countLimit = 16_384

    private var flushes: [WorkspaceID: RejectionFlush] = [:]
    private var sampled: [SourceID: (minute: Int64, count: Int)] = [:]
    private var sampleCount = 0
    private var countCount = 0

    /// Counts a delivery and keeps it as a sample when there is room; returns false when not even a count was possible.
    mutating func add(_ delivery: RejectedDelivery) -> Bool {
        let workspace = delivery.source.workspace
        let key = RejectionFlush.Key(source: delivery.source, reason: delivery.reason)
        var flush = flushes.removeValue(forKey: workspace) ?? RejectionFlush(workspace: workspace)
        defer { if !flush.counts.isEmpty { flushes[workspace] = flush } }
        if flush.counts[key] == nil {
            guard countCount < Self.countLimit else { return false }
            countCount += 1
        }
        flush.counts[key, default: RejectionFlush.Count(lastReceivedAt: delivery.receivedAt)].count += 1
        flush.counts[key]?.lastReceivedAt = delivery.receivedAt
        if takesSample(of: delivery) {
            flush.samples.append(delivery)
            sampleCount += 1
        }
        return true
    }

    /// Takes out what was collected, one flush per workspace.
    mutating func take() -> [RejectionFlush] {
        defer {
            flushes.removeAll()
            sampleCount = 0
            countCount = 0
        }
        return Array(flushes.values)
    }

    /// Puts back what could not be written.
    mutating func putBack(_ flush: RejectionFlush) {
        var merged = flushes.removeValue(forKey: flush.workspace) ?? RejectionFlush(workspace: flush.workspace)
        for (key, count) in flush.counts {
            if merged.counts[key] == nil { countCount += 1 }
            merged.counts[key, default: RejectionFlush.Count(lastReceivedAt: count.lastReceivedAt)].count += count.count
        }
        let samples = flush.samples.prefix(max(0, Self.sampleLimit - sampleCount))
        merged.samples.insert(contentsOf: samples, at: 0)
        sampleCount += samples.count
        flushes[flush.workspace] = merged
    }

    private mutating func takesSample(of delivery: RejectedDelivery) -> Bool {
        let minute = delivery.receivedAt.microsecondsSince1970 / 60_000_000
        if sampled.count > Self.countLimit { sampled = sampled.filter { $0.value.minute == minute } }
        var entry = sampled[delivery.source] ?? (minute, 0)
        if entry.minute != minute { entry = (minute, 0) }
        guard entry.count < Self.samplesPerMinute, sampleCount < Self.sampleLimit else { return false }
        entry.count += 1
        sampled[delivery.source] = entry
        return true
    }
}
