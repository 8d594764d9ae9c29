import EventLog
import Foundation
import Projections

/// Shows how far an import is: a bar on one line of a terminal, else a new line every few seconds.
struct ImportProgress {
    private static let width = 24

    private let isTerminal: Bool
    private let write: @Sendable (String) -> Void
    private var lines = RateEstimator()
    private var share = RateEstimator()
    private var lastShown: ContinuousClock.Instant?

    /// Creates a report that goes to standard error.
    init(
        isTerminal: Bool = isatty(STDERR_FILENO) == 1,
        write: @escaping @Sendable (String) -> Void = { text in
            try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
        }
    ) {
        self.isTerminal = isTerminal
        self.write = write
    }

    /// Shows the progress, unless it was shown a moment ago.
    ///
    /// - Parameters:
    ///   - done: How much of `total` was read; nil is unknown.
    mutating func show(_ summary: ImportSummary, done: Int64, total: Int64?, at now: ContinuousClock.Instant) {
        lines.note(Int64(summary.read), at: now)
        share.note(done, at: now)
        guard lastShown.map({ now - $0 >= (isTerminal ? .milliseconds(200) : .seconds(5)) }) ?? isTerminal else {
            // Without a terminal the first line comes after the first few seconds.
            lastShown = lastShown ?? now
            return
        }
        lastShown = now
        let text = line(summary, done: done, total: total)
        write(isTerminal ? "\r\u{1B}[K\(text)" : text + "\n")
    }

    /// Leaves the line free for what comes next.
    func end() {
        if isTerminal { write("\r\u{1B}[K") }
    }

    private func line(_ summary: ImportSummary, done: Int64, total: Int64?) -> String {
        let counts = "\(summary.earlier + summary.read) read, \(summary.appended) appended, \(Int(lines.perSecond))/s"
        guard let total, total > 0 else { return "Importing: \(counts)" }
        let part = min(Double(done) / Double(total), 1)
        let rest = share.remaining(from: done, to: total).map { ", \(Moment.text(of: $0)) left" } ?? ""
        let percent = "\(Int(part * 100)) %"
        guard isTerminal else { return "Importing: \(percent), \(counts)\(rest)" }
        let filled = Int(part * Double(Self.width))
        let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: Self.width - filled)
        return "Importing [\(bar)] \(percent), \(counts)\(rest)"
    }
}
