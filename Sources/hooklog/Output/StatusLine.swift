import Foundation

/// What standard error says of work under way: on one line of a terminal, else on a new line each time.
struct StatusLine: Sendable {
    var isTerminal = isatty(STDERR_FILENO) == 1
    var write: @Sendable (String) -> Void = { try? FileHandle.standardError.write(contentsOf: Data($0.utf8)) }

    /// Shows a text in the place of the last one.
    func show(_ text: String) {
        write(isTerminal ? "\r\u{1B}[K\(text)" : text + "\n")
    }

    /// Leaves the line free for what comes next.
    func makeRoom() {
        if isTerminal { write("\r\u{1B}[K") }
    }

    /// When something was shown for the last time.
    struct Pace {
        private var last: ContinuousClock.Instant?

        /// Whether it is time to show something again; `atOnce` says so of the first time.
        mutating func isDue(after interval: Duration, at now: ContinuousClock.Instant, atOnce: Bool) -> Bool {
            guard last.map({ now - $0 >= interval }) ?? true else { return false }
            defer { last = now }
            return last != nil || atOnce
        }
    }
}
