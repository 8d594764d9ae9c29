import CoreMetrics

/// Keeps the process's metrics and writes them in Prometheus' text format 0.0.4.
///
/// Make one per process, hand it to `MetricsSystem.bootstrap` and to the admin listener. Counters become `…_total`,
/// timers histograms in `…_seconds`, aggregating recorders histograms, and everything else gauges. The number of series
/// is bounded: what goes beyond is dropped and counted in `hooklog_metrics_dropped_series_total`. Asking for the same
/// name and labels again gives the same series.
package struct PrometheusMetrics: MetricsFactory {
    /// The content type of ``exposition()``.
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private let registry: MetricRegistry

    /// Creates an empty set of metrics.
    ///
    /// - Parameters:
    ///   - descriptions: The help text by label, such as `hooklog.webhook.deliveries`.
    ///   - seriesPerMetric: The greatest number of label sets of one metric.
    ///   - seriesInAll: The greatest number of series in all.
    package init(descriptions: [String: String] = [:], seriesPerMetric: Int = 500, seriesInAll: Int = 5000) {
        registry = MetricRegistry(
            descriptions: descriptions,
            seriesPerMetric: seriesPerMetric,
            seriesInAll: seriesInAll
        )
    }

    /// Writes every series, sorted by name and labels.
    package func exposition() -> String {
        registry.exposition()
    }
}

extension PrometheusMetrics {
    /// Returns the counter `label_total`.
    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        registry.series(MetricName(label, kind: .counter), labels: MetricLabels(dimensions)) { CounterSeries() }
    }

    /// Returns the counter `label_total` for fractions.
    package func makeFloatingPointCounter(
        label: String,
        dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        registry.series(MetricName(label, kind: .counter), labels: MetricLabels(dimensions)) { FractionSeries() }
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
        return registry.series(name, labels: MetricLabels(dimensions)) { HistogramSeries(bounds: name.bucketBounds) }
    }

    /// Returns the histogram `label_seconds`.
    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        let name = MetricName(label, kind: .histogram, unit: "seconds")
        return registry.series(name, labels: MetricLabels(dimensions)) { HistogramSeries(bounds: name.bucketBounds) }
    }

    /// Forgets the series.
    package func destroyCounter(_ handler: any CounterHandler) { registry.remove(handler) }

    /// Forgets the series.
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { registry.remove(handler) }

    /// Forgets the series.
    package func destroyMeter(_ handler: any MeterHandler) { registry.remove(handler) }

    /// Forgets the series.
    package func destroyRecorder(_ handler: any RecorderHandler) { registry.remove(handler) }

    /// Forgets the series.
    package func destroyTimer(_ handler: any TimerHandler) { registry.remove(handler) }

    private func gauge(_ label: String, _ dimensions: [(String, String)]) -> GaugeSeries {
        registry.series(MetricName(label, kind: .gauge), labels: MetricLabels(dimensions)) { GaugeSeries() }
    }
}
