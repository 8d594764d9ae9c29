import Locking
import Projections

/// Shows how far a rebuild is: on one line of a terminal, else on a new line every few seconds.
final class ProgressReport: Sendable {
    private struct State {
        var events: Int64 = 0
        var pace = StatusLine.Pace()
    }

    private let label: String
    private let status = StatusLine()
    private let state = Locked(State())

    init(label: String) {
        self.label = label
    }

    /// The events folded so far.
    var events: Int64 { state.withLock { $0.events } }

    /// Shows the progress, unless it was shown a moment ago.
    func show(_ progress: RebuildProgress) {
        let interval: Duration = status.isTerminal ? .milliseconds(200) : .seconds(5)
        let isDue = state.withLock { state in
            state.events = max(state.events, progress.eventsDone)
            return state.pace.isDue(after: interval, at: .now, atOnce: true)
        }
        if isDue { status.show(line(progress)) }
    }

    /// Leaves the line free for what comes next.
    func end() { status.makeRoom() }

    private func line(_ progress: RebuildProgress) -> String {
        guard progress.phase == .folding else { return "\(label): taking over" }
        let share = progress.eventsTotal > 0 ? progress.eventsDone * 100 / progress.eventsTotal : 100
        let rest = progress.remaining.map { ", \(Moment.text(of: $0)) left" } ?? ""
        return "\(label): \(progress.eventsDone) of \(progress.eventsTotal) events (\(share) %), "
            + "\(Int64(progress.eventsPerSecond)) events/s\(rest)"
    }
}
