import Foundation

/// A failure to make, reach, start or keep an embedded PostgreSQL cluster.
///
/// `description` says what failed, on what, and the way out. It holds paths, user names and lines of PostgreSQL's own
/// log, which is configured to hold neither parameters nor rows.
package struct EmbeddedPostgresError: Error, Sendable, CustomStringConvertible {
    /// The causes a caller can tell apart.
    package enum Code: Sendable, Hashable {
        /// The calling task was cancelled.
        case cancelled
        /// The directory cannot be made, is not a directory, or belongs to or is writable by somebody else.
        case directoryUnusable
        /// The user that PostgreSQL runs as may not search a component of the directory's path.
        case directoryUnreachable
        /// The process is root and there is no unprivileged user, or no `setpriv`, to run PostgreSQL with.
        case serverUserMissing
        /// No PostgreSQL installation of a supported version was found.
        case programsMissing
        /// The cluster was made by another major version than any that is installed.
        case versionMismatch
        /// `data` exists and is not a complete cluster.
        case clusterDamaged
        /// A new cluster could not be made; nothing of it was left behind.
        case initialisationFailed
        /// PostgreSQL ended instead of starting.
        case startFailed
        /// PostgreSQL did not accept connections before the deadline.
        case startTimedOut
        /// PostgreSQL serves the directory from a process that is not visible to this one.
        case servedElsewhere
        /// Another process is stopping the cluster and did not finish before the deadline.
        case inUse
        /// The cluster exists and its `master.key` does not.
        case masterKeyMissing
        /// `master.key` is readable by others, belongs to somebody else or does not hold 32 bytes.
        case masterKeyUnusable
        /// The operating system refused a call.
        case systemCallFailed
    }

    /// What went wrong.
    package let code: Code
    /// The file, directory or program the failure is about.
    package let path: String

    let problem: String
    var remedy = ""
    /// The operating system's error number, when a call failed.
    package internal(set) var systemError: CInt?
    /// The last lines PostgreSQL wrote, oldest first; empty when it wrote none or was not involved.
    package internal(set) var logTail: [String] = []

    /// One sentence, followed by the last lines PostgreSQL wrote where it was involved.
    package var description: String {
        var text = problem
        if let systemError { text += " (\(String(cString: strerror(systemError))))" }
        if !remedy.isEmpty { text += "; \(remedy)" }
        text += "."
        if !logTail.isEmpty { text += " PostgreSQL's last words: " + logTail.joined(separator: " | ") }
        return text
    }
}

extension EmbeddedPostgresError {
    /// The failure of the system call `call` on `path`, with `errno` as it stands.
    static func systemCall(_ call: String, _ path: String, remedy: String = "") -> EmbeddedPostgresError {
        EmbeddedPostgresError(
            code: .systemCallFailed,
            path: path,
            problem: "The call \(call) failed on \(path)",
            remedy: remedy,
            systemError: errno
        )
    }

    /// The end of a wait by cancellation of the calling task.
    static func cancelled(_ directory: String) -> EmbeddedPostgresError {
        EmbeddedPostgresError(
            code: .cancelled,
            path: directory,
            problem: "The wait for the embedded PostgreSQL in \(directory) was cancelled"
        )
    }
}
