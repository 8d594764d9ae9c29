import CoreMetrics
import Locking
import Synchronization

/// One series of numbers, which writes itself.
protocol MetricSeries: AnyObject, Sendable {
    /// Appends the series' lines.
    func write(name: String, labels: MetricLabels, to text: inout String)
}

/// A counter of whole numbers.
final class CounterSeries: MetricSeries, CounterHandler {
    private let value = Atomic<Int64>(0)

    func increment(by amount: Int64) {
        guard amount > 0 else { return }
        value.wrappingAdd(amount, ordering: .relaxed)
    }

    func reset() {
        value.store(0, ordering: .relaxed)
    }

    func write(name: String, labels: MetricLabels, to text: inout String) {
        text += "\(name)\(labels.braced()) \(value.load(ordering: .relaxed))\n"
    }
}

/// A counter of fractions.
final class FractionSeries: MetricSeries, FloatingPointCounterHandler {
    private let value = Locked(0.0)

    func increment(by amount: Double) {
        guard amount > 0, amount.isFinite else { return }
        value.withLock { $0 += amount }
    }

    func reset() {
        value.withLock { $0 = 0 }
    }

    func write(name: String, labels: MetricLabels, to text: inout String) {
        text += "\(name)\(labels.braced()) \(MetricNumber.text(value.withLock { $0 }))\n"
    }
}

/// A value that goes up and down.
final class GaugeSeries: MetricSeries, MeterHandler, RecorderHandler {
    private let value = Locked(0.0)

    func set(_ value: Int64) { set(Double(value)) }

    func set(_ value: Double) { self.value.withLock { $0 = value } }

    func increment(by amount: Double) { value.withLock { $0 += amount } }

    func decrement(by amount: Double) { value.withLock { $0 -= amount } }

    func record(_ value: Int64) { set(Double(value)) }

    func record(_ value: Double) { set(value) }

    func write(name: String, labels: MetricLabels, to text: inout String) {
        text += "\(name)\(labels.braced()) \(MetricNumber.text(value.withLock { $0 }))\n"
    }
}

/// Values counted by size.
final class HistogramSeries: MetricSeries, RecorderHandler, TimerHandler {
    private struct Counts {
        var buckets: [Int64]
        var sum = 0.0
    }

    private let bounds: [Double]
    private let counts: Locked<Counts>

    init(bounds: [Double]) {
        self.bounds = bounds
        counts = Locked(Counts(buckets: Array(repeating: 0, count: bounds.count + 1)))
    }

    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        guard !value.isNaN else { return }
        let index = bounds.firstIndex { value <= $0 } ?? bounds.count
        counts.withLock {
            $0.buckets[index] += 1
            $0.sum += value
        }
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1_000_000_000) }

    func write(name: String, labels: MetricLabels, to text: inout String) {
        let counts = counts.withLock { $0 }
        var total: Int64 = 0
        for (bound, count) in zip(bounds + [.infinity], counts.buckets) {
            total += count
            let last = "le=\"\(MetricNumber.text(bound))\""
            text += "\(name)_bucket\(labels.braced(adding: last)) \(total)\n"
        }
        text += "\(name)_sum\(labels.braced()) \(MetricNumber.text(counts.sum))\n"
        text += "\(name)_count\(labels.braced()) \(total)\n"
    }
}

/// Writes numbers as Prometheus reads them.
enum MetricNumber {
    /// Whole numbers without a fraction, `+Inf`, `-Inf` and `NaN`.
    static func text(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return Int64(exactly: value).map { String($0) } ?? String(value)
    }
}
