import CoreMetrics
import Locking

/// Keeps the process's metrics and writes them in Prometheus' text format 0.0.4.
///
/// Make one per process, hand it to `MetricsSystem.bootstrap` and to the admin listener. Counters become `…_total`,
/// timers histograms in `…_seconds`, aggregating recorders histograms, and everything else gauges. The number of series
/// is bounded: what goes beyond is dropped and counted in `hooklog_metrics_dropped_series_total`. Asking for the same
/// name and labels again gives the same series.
package final class PrometheusMetrics: Sendable {
    /// The content type of ``exposition()``.
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private struct Family {
        let name: MetricName
        var series: [MetricLabels: any MetricSeries] = [:]
    }

    private struct State {
        var families: [String: Family] = [:]
        var count = 0
    }

    private let descriptions: [String: String]
    private let seriesPerMetric: Int
    private let seriesInAll: Int
    private let state = Locked(State())
    private let dropped = CounterSeries()

    /// Creates an empty set of metrics.
    ///
    /// - Parameters:
    ///   - descriptions: The help text by label, such as `hooklog.webhook.deliveries`.
    ///   - seriesPerMetric: The greatest number of label sets of one metric.
    ///   - seriesInAll: The greatest number of series in all.
    package init(descriptions: [String: String] = [:], seriesPerMetric: Int = 500, seriesInAll: Int = 5000) {
        self.descriptions = descriptions
        self.seriesPerMetric = seriesPerMetric
        self.seriesInAll = seriesInAll
    }

    /// Returns the series of that name and labels.
    ///
    /// When the name is taken by another kind, or a bound is reached, the series returned belongs to nothing.
    private func series<Series: MetricSeries>(
        _ name: MetricName,
        labels: MetricLabels,
        make: () -> Series
    ) -> Series {
        let new = make()
        return state.withLock { state in
            var family = state.families[name.text] ?? Family(name: name)
            if let known = family.series[labels] as? Series { return known }
            guard family.name.kind == name.kind, family.series[labels] == nil,
                family.series.count < seriesPerMetric, state.count < seriesInAll
            else {
                dropped.increment(by: 1)
                return new
            }
            family.series[labels] = new
            state.families[name.text] = family
            state.count += 1
            return new
        }
    }

    /// Forgets a series.
    private func remove(_ series: AnyObject) {
        state.withLock { state in
            for (name, family) in state.families {
                guard let entry = family.series.first(where: { $0.value === series }) else { continue }
                state.families[name]?.series[entry.key] = nil
                state.count -= 1
                if family.series.count == 1 {
                    state.families[name] = nil
                }
            }
        }
    }

    /// Writes every series, sorted by name and labels.
    package func exposition() -> String {
        let families = state.withLock { Array($0.families.values) }.sorted { $0.name.text < $1.name.text }
        var text = ""
        for family in families {
            writeHeader(family.name, to: &text)
            for (labels, series) in family.series.sorted(by: { $0.key < $1.key }) {
                series.write(name: family.name.text, labels: labels, to: &text)
            }
        }
        let name = MetricName("hooklog.metrics.dropped.series", kind: .counter)
        writeHeader(name, to: &text)
        dropped.write(name: name.text, labels: MetricLabels([]), to: &text)
        return text
    }

    private func writeHeader(_ name: MetricName, to text: inout String) {
        let help = (descriptions[name.label] ?? name.label)
            .replacing("\\", with: "\\\\")
            .replacing("\n", with: "\\n")
        text += "# HELP \(name.text) \(help)\n# TYPE \(name.text) \(name.kind.rawValue)\n"
    }
}

extension PrometheusMetrics: MetricsFactory {
    /// Returns the counter `label_total`.
    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(MetricName(label, kind: .counter), labels: MetricLabels(dimensions)) { CounterSeries() }
    }

    /// Returns the counter `label_total` for fractions.
    package func makeFloatingPointCounter(
        label: String,
        dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        series(MetricName(label, kind: .counter), labels: MetricLabels(dimensions)) { FractionSeries() }
    }

    /// Returns the gauge `label`.
    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        gauge(label, dimensions)
    }

    /// Returns a histogram, or a gauge of the last value when `aggregate` is false.
    package func makeRecorder(
        label: String,
        dimensions: [(String, String)],
        aggregate: Bool
    ) -> any RecorderHandler {
        guard aggregate else { return gauge(label, dimensions) }
        let name = MetricName(label, kind: .histogram)
        return series(name, labels: MetricLabels(dimensions)) { HistogramSeries(bounds: name.bucketBounds) }
    }

    /// Returns the histogram `label_seconds`.
    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        let name = MetricName(label, kind: .histogram, unit: "seconds")
        return series(name, labels: MetricLabels(dimensions)) { HistogramSeries(bounds: name.bucketBounds) }
    }

    /// Forgets the series.
    package func destroyCounter(_ handler: any CounterHandler) { remove(handler) }

    /// Forgets the series.
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { remove(handler) }

    /// Forgets the series.
    package func destroyMeter(_ handler: any MeterHandler) { remove(handler) }

    /// Forgets the series.
    package func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }

    /// Forgets the series.
    package func destroyTimer(_ handler: any TimerHandler) { remove(handler) }

    private func gauge(_ label: String, _ dimensions: [(String, String)]) -> GaugeSeries {
        series(MetricName(label, kind: .gauge), labels: MetricLabels(dimensions)) { GaugeSeries() }
    }
}
