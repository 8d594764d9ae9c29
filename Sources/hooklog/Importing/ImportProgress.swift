import EventLog
import Locking
import Projections

/// Shows how far an import is: a bar on one line of a terminal, else a new line every few seconds.
///
/// While the import waits for a vendor, ``tick(at:)`` says so.
final class ImportProgress: Sendable {
    private struct State {
        var lines = RateEstimator()
        var share = RateEstimator()
        var part: String?
        var counts = ""
        var done: Int64 = 0
        var total: Int64?
        var pace = StatusLine.Pace()
        var waiting: (reason: String, until: ContinuousClock.Instant)?
    }

    private static let width = 24

    private let status: StatusLine
    private let state = Locked(State())

    /// Creates a report that goes to standard error.
    init(_ status: StatusLine = StatusLine()) {
        self.status = status
    }

    /// Shows the progress after a chunk, unless it was shown a moment ago.
    func show(_ summary: ImportSummary, of chunk: ImportChunk, at now: ContinuousClock.Instant) {
        let text = state.withLock { state -> String? in
            if state.part != chunk.part { state.share = RateEstimator() }
            state.lines.note(Int64(summary.read), at: now)
            state.share.note(chunk.done, at: now)
            state.part = chunk.part
            state.counts = "\(summary.earlier + summary.read) read, \(summary.appended) appended"
            state.done = chunk.done
            state.total = chunk.total
            let interval: Duration = status.isTerminal ? .milliseconds(200) : .seconds(5)
            // Without a terminal the first line comes after the first few seconds.
            return state.pace.isDue(after: interval, at: now, atOnce: status.isTerminal) ? line(state) : nil
        }
        if let text { status.show(text) }
    }

    /// Notes that nothing comes for a while, and why.
    func wait(_ reason: String, for duration: Duration, at now: ContinuousClock.Instant = .now) {
        state.withLock { $0.waiting = (reason, now + duration) }
    }

    /// Shows the progress while the import waits: every second on a terminal, else every half minute.
    func tick(at now: ContinuousClock.Instant = .now) {
        let text = state.withLock { state -> String? in
            guard let (reason, until) = state.waiting else { return nil }
            guard now < until else {
                state.waiting = nil
                return nil
            }
            let interval: Duration = status.isTerminal ? .seconds(1) : .seconds(30)
            guard state.pace.isDue(after: interval, at: now, atOnce: status.isTerminal) else { return nil }
            return line(state) + " (\(reason), \(Moment.text(of: until - now)) left)"
        }
        if let text { status.show(text) }
    }

    /// Writes a line of its own.
    func remark(_ line: String) {
        makeRoom()
        status.write(line + "\n")
    }

    /// Leaves the line free for what comes next.
    func makeRoom() { status.makeRoom() }

    private func line(_ state: State) -> String {
        let counts = (state.counts.isEmpty ? "nothing read yet" : "\(state.counts), \(Int(state.lines.perSecond))/s")
        let title = "Importing" + (state.part.map { " \($0)" } ?? "")
        guard let total = state.total, total > 0 else { return "\(title): \(counts)" }
        let part = min(Double(state.done) / Double(total), 1)
        let rest = state.share.remaining(from: state.done, to: total).map { ", \(Moment.text(of: $0)) left" } ?? ""
        let percent = "\(Int(part * 100)) %"
        guard status.isTerminal else { return "\(title): \(percent), \(counts)\(rest)" }
        let filled = Int(part * Double(Self.width))
        let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: Self.width - filled)
        return "\(title) [\(bar)] \(percent), \(counts)\(rest)"
    }
}
