import Metrics

/// The projector's metrics; projections are the only label, and their number is what an operator configured.
struct ProjectorMetrics: Sendable {
    private let head = Gauge(label: "hooklog.log.head")

    /// Notes a step: its outcome, how long a folded page took, and what was set aside.
    func record(_ report: StepReport, of step: ProjectionStep) {
        let projection = ("projection", step.key.projection.rawValue)
        Counter(
            label: "hooklog.projection.steps",
            dimensions: [projection, ("outcome", report.outcome.rawValue)]
        ).increment()
        guard report.outcome == .folded else { return }
        Timer(label: "hooklog.projection.page.duration", dimensions: [projection]).record(duration: report.elapsed)
        Counter(label: "hooklog.projection.events", dimensions: [projection]).increment(by: report.events)
        if report.setAside > 0, step.state == .active {
            Counter(label: "hooklog.projection.set_aside", dimensions: [projection]).increment(by: report.setAside)
        }
    }

    /// Notes the greatest lag of a projection over all workspaces: events, and seconds of age of the oldest unread one.
    func record(_ lag: ProjectionLag, of projection: ProjectionName) {
        let dimensions = [("projection", projection.rawValue)]
        Gauge(label: "hooklog.projection.lag", dimensions: dimensions).record(lag.events)
        Gauge(label: "hooklog.projection.lag.seconds", dimensions: dimensions).record(lag.seconds)
    }

    /// Notes how many events a projection has set aside that nobody has retried or discarded.
    func record(deadLetters: Int64, of projection: ProjectionName) {
        Gauge(label: "hooklog.projection.dead_letters", dimensions: [("projection", projection.rawValue)])
            .record(deadLetters)
    }

    /// Notes the greatest position of all logs.
    func record(head position: Int64) { head.record(position) }
}
