import Foundation

/// Stops and removes clusters at the end of the process, and those of processes that were killed.
enum TestClusterCleanup {
    private static let clusters = LockedValue<[URL: pid_t]>([:])
    private static let installed: Void = {
        _ = atexit { TestClusterCleanup.removeAll() }
    }()

    /// Has a folder removed at exit, and by later processes should this one be killed: its lock lasts as long as the process.
    static func register(_ directory: URL) {
        _ = installed
        note(0, for: directory)
        flock(open(lock(of: directory), O_RDWR | O_CREAT | O_CLOEXEC, 0o600), LOCK_EX)
    }

    /// Has a server stopped before its folder is removed.
    static func note(_ process: pid_t, for directory: URL) {
        clusters.withLock { $0[directory] = process }
    }

    /// Removes the folders, in a place of theirs, of test processes that no longer exist.
    ///
    /// Their locks tell, not their numbers: a process in another container that shares the place has a number of its own.
    static func removeLeftovers(in place: URL) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
        for name in names where name.hasPrefix("hooklog-cluster-") {
            let directory = place.appending(path: name)
            let file = open(lock(of: directory), O_RDWR | O_CLOEXEC)
            guard file >= 0 else { continue }
            defer { close(file) }
            if flock(file, LOCK_EX | LOCK_NB) == 0 { try? FileManager.default.removeItem(at: directory) }
        }
    }

    private static func lock(of directory: URL) -> String { directory.appending(path: "lock").path }

    private static func removeAll() {
        for (directory, process) in clusters.withLock({ $0 }) {
            stop(process)
            try? FileManager.default.removeItem(at: directory)
        }
    }

    /// Asks the server to quit, which frees its shared memory, and waits for it up to a few seconds.
    private static func stop(_ process: pid_t) {
        guard process > 0, kill(process, SIGQUIT) == 0 else { return }
        for _ in 0..<300 where kill(process, 0) == 0 {
            // It may be no child of this process, so its end cannot be waited for.
            usleep(10_000)
        }
    }
}
