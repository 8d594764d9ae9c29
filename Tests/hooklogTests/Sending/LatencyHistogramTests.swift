import Testing

@testable import hooklog

@Suite("Latencies")
struct LatencyHistogramTests {
    @Test("Without latencies there is no quantile")
    func emptyHistogram() {
        #expect(LatencyHistogram().quantile(0.5) == nil)
    }

    @Test("Small latencies are exact")
    func smallLatenciesAreExact() {
        var histogram = LatencyHistogram()
        for value in Int64(0)...31 { histogram.record(microseconds: value) }
        #expect(histogram.quantile(0) == 0)
        #expect(histogram.quantile(0.5) == 15)
        #expect(histogram.quantile(1) == 31)
    }

    @Test("Quantiles err by a thirty-second at most, upwards", arguments: [0.01, 0.5, 0.9, 0.99, 0.999, 1])
    func quantilesAreClose(_ share: Double) throws {
        var histogram = LatencyHistogram()
        var values: [Int64] = []
        for number in Int64(1)...10_000 {
            let value = number * 2_654_435_761 % 5_000_000
            values.append(value)
            histogram.record(microseconds: value)
        }
        let exact = values.sorted()[max(Int((share * 10_000).rounded(.up)), 1) - 1]
        let estimate = try #require(histogram.quantile(share))
        #expect(estimate >= exact)
        #expect(Double(estimate) <= Double(exact) * (1 + 1 / 32.0) + 1)
        #expect(histogram.count == 10_000)
        #expect(histogram.maximum == values.max())
    }

    @Test("A negative latency counts as none, a huge one does not trap")
    func extremes() {
        var histogram = LatencyHistogram()
        histogram.record(microseconds: -5)
        histogram.record(microseconds: 86_400_000_000)
        #expect(histogram.quantile(0.5) == 0)
        #expect(histogram.quantile(1) == 86_400_000_000)
    }

    @Test("A report sums up and says when not everything was well")
    func report() {
        var tally = SendTally()
        tally.record(status: 202, outcome: .accepted, microseconds: 1000)
        tally.record(status: 202, outcome: .duplicate, microseconds: 2000)
        tally.record(status: 202, outcome: .conflict, microseconds: 3000)
        tally.record(status: 200, outcome: nil, microseconds: 3000)
        let good = SendReport(tally, requested: 4, elapsed: .seconds(2))
        #expect(good.isComplete)
        #expect((good.accepted, good.duplicate, good.conflict) == (2, 1, 1))
        #expect(good.rate == 2)
        tally.record(status: 503, outcome: nil, microseconds: 1)
        tally.unanswered += 1
        let bad = SendReport(tally, requested: 7, elapsed: .seconds(1))
        #expect(!bad.isComplete)
        #expect(bad.text.contains("refused 1, unanswered 1, not sent 1"))
        #expect(bad.statuses == ["200": 1, "202": 3, "503": 1])
    }

    @Test("A run that was cut short is not complete")
    func cutShort() {
        #expect(!SendReport(SendTally(), requested: 1, elapsed: .zero).isComplete)
    }
}
