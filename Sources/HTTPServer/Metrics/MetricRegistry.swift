import Locking

/// All series by name and labels, within bounds.
final class MetricRegistry: Sendable {
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

    init(descriptions: [String: String], seriesPerMetric: Int, seriesInAll: Int) {
        self.descriptions = descriptions
        self.seriesPerMetric = seriesPerMetric
        self.seriesInAll = seriesInAll
    }

    /// Returns the series of that name and labels.
    ///
    /// When the name is taken by another kind, or a bound is reached, the series returned belongs to nothing.
    func series<Series: MetricSeries>(
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
    func remove(_ series: AnyObject) {
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
    func exposition() -> String {
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
