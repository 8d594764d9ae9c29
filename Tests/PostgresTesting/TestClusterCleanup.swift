import Foundation

/// Stops and removes clusters at the end of the process, and those of processes that were killed.
enum TestClusterCleanup {
    private static let clusters = LockedValue<[URL: pid_t]>([:])
    private static let installed: Void = {
        _ = atexit { TestClusterCleanup.removeAll() }
    }()

    /// Has a folder removed at exit.
    static func register(_ directory: URL) {
        _ = installed
        note(0, for: directory)
    }

    /// Has a server stopped before its folder is removed.
    static func note(_ process: pid_t, for directory: URL) {
        clusters.withLock { $0[directory] = process }
    }

    /// Removes the folders of test processes that no longer exist.
    static func removeLeftovers() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: TestCluster.place.path)) ?? []
        for name in names where name.hasPrefix("hooklog-cluster-") {
            let fields = name.split(separator: "-")
            guard fields.count > 2, let owner = pid_t(fields[2]), kill(owner, 0) != 0, errno == ESRCH else { continue }
            try? FileManager.default.removeItem(at: TestCluster.place.appending(path: name))
        }
    }

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
