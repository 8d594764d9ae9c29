import CoreMetrics
import Testing

@testable import HTTPServer

struct PrometheusMetricsTests {
    private static let noneDropped = """
        # HELP hooklog_metrics_dropped_series_total hooklog.metrics.dropped.series
        # TYPE hooklog_metrics_dropped_series_total counter
        hooklog_metrics_dropped_series_total 0

        """

    private let metrics = PrometheusMetrics(descriptions: ["hooklog.webhook.deliveries": "Deliveries by outcome."])

    @Test func noMetricsGiveTheCountOfDroppedSeriesOnly() {
        #expect(metrics.exposition() == Self.noneDropped)
    }

    @Test func counterIsWrittenWithHelpTypeAndSortedLabels() {
        let label = "hooklog.webhook.deliveries"
        metrics.makeCounter(label: label, dimensions: [("outcome", "accepted"), ("connector", "pivotal")])
            .increment(by: 2)
        metrics.makeCounter(label: label, dimensions: [("connector", "github"), ("outcome", "rejected")])
            .increment(by: 1)
        let expected = """
            # HELP hooklog_webhook_deliveries_total Deliveries by outcome.
            # TYPE hooklog_webhook_deliveries_total counter
            hooklog_webhook_deliveries_total{connector="github",outcome="rejected"} 1
            hooklog_webhook_deliveries_total{connector="pivotal",outcome="accepted"} 2

            """
        #expect(metrics.exposition() == expected + Self.noneDropped)
    }

    @Test func timerIsAHistogramOfSeconds() {
        let timer = metrics.makeTimer(label: "projection.page.duration", dimensions: [("projection", "directory")])
        timer.recordNanoseconds(500_000)
        timer.recordNanoseconds(2_000_000)
        timer.recordNanoseconds(60_000_000_000)
        let text = metrics.exposition()
        #expect(text.contains("# TYPE projection_page_duration_seconds histogram\n"))
        for line in [
            #"projection_page_duration_seconds_bucket{projection="directory",le="0.0005"} 1"#,
            #"projection_page_duration_seconds_bucket{projection="directory",le="0.001"} 1"#,
            #"projection_page_duration_seconds_bucket{projection="directory",le="0.0025"} 2"#,
            #"projection_page_duration_seconds_bucket{projection="directory",le="30"} 2"#,
            #"projection_page_duration_seconds_bucket{projection="directory",le="+Inf"} 3"#,
            #"projection_page_duration_seconds_sum{projection="directory"} 60.0025"#,
            #"projection_page_duration_seconds_count{projection="directory"} 3"#,
        ] {
            #expect(text.contains(line + "\n"))
        }
    }

    @Test func meterAndPlainRecorderAreGauges() {
        let meter = metrics.makeMeter(label: "http.server.active_requests", dimensions: [])
        meter.set(Int64(5))
        meter.increment(by: 2)
        meter.decrement(by: 0.5)
        metrics.makeRecorder(label: "projection.lag", dimensions: [], aggregate: false).record(Int64(7))
        let text = metrics.exposition()
        #expect(text.contains("# TYPE http_server_active_requests gauge\nhttp_server_active_requests 6.5\n"))
        #expect(text.contains("# TYPE projection_lag gauge\nprojection_lag 7\n"))
    }

    @Test(arguments: [("append.batch.events", "1024"), ("append.batch.bytes", "26214400"), ("wait.seconds", "0.0005")])
    func recorderHasTheBucketsOfItsUnit(_ label: String, _ bound: String) {
        metrics.makeRecorder(label: label, dimensions: [], aggregate: true).record(1.0)
        let name = label.replacing(".", with: "_")
        #expect(metrics.exposition().contains("\(name)_bucket{le=\"\(bound)\"} "))
    }

    @Test func fractionsAreCounted() {
        let counter = metrics.makeFloatingPointCounter(label: "busy.seconds", dimensions: [])
        counter.increment(by: 0.25)
        counter.increment(by: 0.5)
        counter.increment(by: -1)
        counter.increment(by: .nan)
        #expect(metrics.exposition().contains("busy_seconds_total 0.75\n"))
        counter.reset()
        #expect(metrics.exposition().contains("busy_seconds_total 0\n"))
    }

    @Test func labelValuesAreEscaped() {
        metrics.makeCounter(label: "a", dimensions: [("b", "x\"y\\z\nw")]).increment(by: 1)
        #expect(metrics.exposition().contains(#"a_total{b="x\"y\\z\nw"} 1"# + "\n"))
    }

    @Test(arguments: [("a.b-c", "a_b_c"), ("9lives", "_lives"), ("a:b", "a:b"), ("", "_"), ("é", "__")])
    func nameBecomesAnIdentifier(_ label: String, _ name: String) {
        #expect(MetricName(label, kind: .gauge).text == name)
    }

    @Test func unitIsNotRepeated() {
        #expect(MetricName("requests.total", kind: .counter).text == "requests_total")
        #expect(MetricName("wait.seconds", kind: .histogram, unit: "seconds").text == "wait_seconds")
    }

    @Test func sameNameAndLabelsAreTheSameSeries() {
        metrics.makeCounter(label: "a", dimensions: [("x", "1"), ("y", "2")]).increment(by: 1)
        metrics.makeCounter(label: "a", dimensions: [("y", "2"), ("x", "1")]).increment(by: 1)
        #expect(metrics.exposition().contains(#"a_total{x="1",y="2"} 2"#))
    }

    @Test func repeatedLabelCountsOnce() {
        metrics.makeCounter(label: "a", dimensions: [("x", "1"), ("x", "2"), ("le", "3")]).increment(by: 1)
        #expect(metrics.exposition().contains(#"a_total{le_="3",x="1"} 1"#))
    }

    @Test func seriesBeyondABoundAreDroppedAndCounted() {
        let metrics = PrometheusMetrics(seriesPerMetric: 2, seriesInAll: 3)
        for label in ["a", "b"] {
            for value in 0..<3 {
                metrics.makeCounter(label: label, dimensions: [("v", "\(value)")]).increment(by: 1)
            }
        }
        let text = metrics.exposition()
        #expect(text.contains("hooklog_metrics_dropped_series_total 3\n"))
        #expect(text.contains(#"a_total{v="1"} 1"#))
        #expect(!text.contains(#"a_total{v="2"}"#))
        #expect(text.contains(#"b_total{v="0"} 1"#))
        #expect(!text.contains(#"b_total{v="1"}"#))
    }

    @Test func nameOfAnotherKindIsDropped() {
        metrics.makeCounter(label: "a.total", dimensions: []).increment(by: 1)
        metrics.makeMeter(label: "a.total", dimensions: []).set(Int64(9))
        let text = metrics.exposition()
        #expect(text.contains("a_total 1\n"))
        #expect(text.contains("hooklog_metrics_dropped_series_total 1\n"))
    }

    @Test func destroyedSeriesIsForgottenAndFreesItsPlace() {
        let metrics = PrometheusMetrics(seriesInAll: 1)
        let counter = metrics.makeCounter(label: "a", dimensions: [])
        metrics.destroyCounter(counter)
        metrics.makeCounter(label: "b", dimensions: []).increment(by: 1)
        #expect(!metrics.exposition().contains("a_total"))
        #expect(metrics.exposition().contains("b_total 1\n"))
    }

    @Test func numbersFromManyTasksAreAllCounted() async {
        let counter = metrics.makeCounter(label: "a", dimensions: [])
        let timer = metrics.makeTimer(label: "t", dimensions: [])
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<1000 {
                        counter.increment(by: 1)
                        timer.recordNanoseconds(1)
                    }
                }
            }
        }
        #expect(metrics.exposition().contains("a_total 8000\n"))
        #expect(metrics.exposition().contains("t_seconds_count 8000\n"))
    }

    @Test(arguments: [
        (1.0, "1"), (0.5, "0.5"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"), (-3, "-3"),
        (1e300, "1e+300"),
    ])
    func numberIsWrittenAsPrometheusReadsIt(_ value: Double, _ text: String) {
        #expect(MetricNumber.text(value) == text)
    }
}
