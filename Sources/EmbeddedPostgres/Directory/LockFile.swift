import Glibc

/// A file that processes lock with `flock`, released by the kernel when its holder ends in whatever way.
///
/// No call waits: a caller that has to wait asks again.
struct LockFile: ~Copyable, Sendable {
    private let file: OpenFile

    /// Opens `path`, making it with mode 0600 when it is missing.
    init(_ path: String) throws(EmbeddedPostgresError) {
        file = try OpenFile(path, flags: O_RDWR | O_CREAT)
    }

    /// Takes the exclusive lock, giving up a shared one held through this value whether or not it succeeds.
    func tryExclusive() -> Bool { attempt(LOCK_EX) }

    /// Takes the shared lock.
    func tryShared() -> Bool { attempt(LOCK_SH) }

    /// Gives up whatever lock is held through this value.
    func release() { _ = attempt(LOCK_UN) }

    private func attempt(_ operation: CInt) -> Bool {
        while flock(file.descriptor, operation | LOCK_NB) != 0 {
            guard errno == EINTR else { return false }
        }
        return true
    }
}
