import Foundation

/// What PostgreSQL's `postmaster.pid` says.
///
/// The file's lines are described in PostgreSQL's `miscadmin.h` (`LOCK_FILE_LINE_…`): the first is the process id, the
/// eighth, once written, the postmaster's state padded with blanks.
struct PostmasterFile: Sendable, Equatable {
    /// The state the postmaster wrote last.
    enum State: String, Sendable {
        case starting
        case ready
        case standby
        case stopping
    }

    let pid: pid_t
    let state: State

    /// Reads `path`; nil when it is missing or has no process id yet.
    init?(path: String) {
        guard let file = try? OpenFile(path, flags: O_RDONLY | O_NONBLOCK), let bytes = try? file.read(limit: 4_096)
        else { return nil }
        self.init(contents: String(decoding: bytes, as: UTF8.self))
    }

    /// Interprets the file's text; nil when it has no process id.
    init?(contents: String) {
        let lines = contents.split(separator: "\n", omittingEmptySubsequences: false)
        // A negative number is a lone backend's (single-user mode), which serves nobody.
        guard let pid = lines.first.flatMap({ pid_t($0) }), pid != 0 else { return nil }
        self.pid = abs(pid)
        let word = lines.count > 7 ? lines[7].trimmingCharacters(in: .whitespaces) : ""
        self.state = State(rawValue: word) ?? .starting
    }
}
