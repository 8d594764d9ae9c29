import Glibc

/// How a child process ended.
enum ProcessExit: Sendable, Equatable {
    case exited(CInt)
    case signalled(CInt)

    /// Interprets the status word of `waitpid`.
    init(status: CInt) {
        let signal = status & 0x7f
        self = signal == 0 ? .exited((status >> 8) & 0xff) : .signalled(signal)
    }

    /// Reaps `pid` when it is a child of this process that has ended; nil while it runs or when it is no child.
    static func reap(_ pid: pid_t) -> ProcessExit? {
        var status: CInt = 0
        guard waitpid(pid, &status, WNOHANG) == pid else { return nil }
        return ProcessExit(status: status)
    }
}
