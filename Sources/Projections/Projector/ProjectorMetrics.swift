import Metrics

/// The projector's metrics; projections are the only label, and their number is what an operator configured.
struct ProjectorMetrics: Sendable {
    /// Notes a step: its outcome, how long a folded page took in seconds, and what was set aside.
    func record(_ report: StepReport, of step: ProjectionStep) {
        let projection = ("projection", step.key.projection.rawValue)
        Counter(
            label: "hooklog.projection.steps",
            dimensions: [projection, ("outcome", report.outcome.rawValue)]
        ).increment()
        guard report.outcome == .folded else { return }
        Recorder(label: "hooklog.projection.page.duration", dimensions: [projection], aggregate: true)
            .record(report.elapsed / .seconds(1))
        Counter(label: "hooklog.projection.events", dimensions: [projection]).increment(by: report.events)
        if report.setAside > 0, step.state == .active {
            Counter(label: "hooklog.projection.dead_letters", dimensions: [projection]).increment(by: report.setAside)
        }
    }

    /// Notes the greatest lag of a projection over all workspaces: events, and seconds of age of the oldest unread one.
    func record(_ lag: ProjectionLag, of projection: ProjectionName) {
        let dimensions = [("projection", projection.rawValue)]
        Gauge(label: "hooklog.projection.lag", dimensions: dimensions).record(lag.events)
        Gauge(label: "hooklog.projection.lag.age", dimensions: dimensions).record(lag.seconds)
    }
}
