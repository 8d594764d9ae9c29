import Foundation
import Logging
import Postgres

/// A throw-away PostgreSQL cluster that listens on a Unix socket only.
///
/// It belongs to user `postgres` when the tests run as root, keeps nothing safe (`fsync` off) and dies with the test
/// process: `atexit` stops and removes it, and the kernel kills it should the process be killed.
package final class TestCluster: Sendable {
    /// The cluster that tests share, started with its first use.
    package static var shared: TestCluster { get async throws { try await starting.value } }

    private static let starting = Task { try await TestCluster() }

    /// The folder that holds the data, the socket and the log.
    package let directory: URL
    private let replicates: Bool
    private let settings: [String: String]
    private let environment: [String: String]
    private let server: LockedValue<ServerProcess?>
    private static let binaries = "/usr/lib/postgresql/15/bin"

    /// The folder of the clusters: in memory where 4 GiB are free there, of which a whole run takes 2.5 at most.
    ///
    /// Tests make and drop thousands of databases of 300 files. ext4 uses no inode again that was deleted in the last
    /// minutes and looks at all of them for each new file: it took more of the processors than the servers did.
    private static let place: URL = {
        let memory = URL(filePath: "/dev/shm")
        let disk = FileManager.default.temporaryDirectory
        // Before the room is looked at, which is otherwise taken by what killed runs left.
        for folder in [memory, disk] { TestClusterCleanup.removeLeftovers(in: folder) }
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: memory.path)
        let free = attributes?[.systemFreeSize] as? Int ?? 0
        return free >= 4 << 30 ? memory : disk
    }()

    /// Makes and starts a cluster; one that `replicates` may have standbys.
    ///
    /// - Parameters:
    ///   - settings: Further settings of the server.
    ///   - environment: Further variables of the server's environment.
    package convenience init(
        replicates: Bool = false,
        settings: [String: String] = [:],
        environment: [String: String] = [:]
    ) async throws {
        try await self.init(replicates: replicates, settings: settings, environment: environment) { directory in
            [
                "\(Self.binaries)/initdb", "--pgdata", "\(directory.path)/data", "--auth", "trust", "--username",
                "postgres",
                "--encoding", "UTF8", "--locale", "C", "--no-sync", "--no-instructions",
            ]
        }
    }

    /// Makes and starts a hot standby of a cluster that replicates.
    package convenience init(standbyOf primary: TestCluster, settings: [String: String] = [:]) async throws {
        try await self.init(replicates: true, settings: settings, environment: [:]) { directory in
            [
                "\(Self.binaries)/pg_basebackup", "--pgdata", "\(directory.path)/data", "--write-recovery-conf",
                "--checkpoint", "fast", "--no-sync", "--dbname", primary.connectionString(),
            ]
        }
    }

    private init(
        replicates: Bool,
        settings: [String: String],
        environment: [String: String],
        _ command: (URL) -> [String]
    ) async throws {
        self.replicates = replicates
        self.settings = settings
        self.environment = environment
        directory = Self.place.appending(path: "hooklog-cluster-\(UInt32.random(in: 0 ... .max))")
        server = LockedValue(nil)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        TestClusterCleanup.register(directory)
        try ServerProcess.giveToServerUser(directory)
        try await ServerProcess.run(command(directory))
        try await start()
    }

    /// A libpq connection string for a database of the cluster.
    package func connectionString(database: String = "postgres") -> String {
        "host=\(directory.path) user=postgres dbname=\(database)"
    }

    /// Starts the server and waits until it accepts connections; retries while old backends drain.
    package func start() async throws {
        let arguments =
            [
                "\(Self.binaries)/postgres", "-D", "\(directory.path)/data", "-k", directory.path,
                "-c", "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=300",
                "-c", "log_error_verbosity=terse", "-c", "shared_buffers=64MB", "-c",
                "max_wal_senders=\(replicates ? 4 : 0)", "-c", "wal_level=\(replicates ? "replica" : "minimal")",
                // In the folder, and gone with it: those in /dev/shm outlive a server that is killed and not started again.
                "-c", "dynamic_shared_memory_type=mmap",
            ] + settings.flatMap { ["-c", "\($0.key)=\($0.value)"] }
        for _ in 0..<60 {
            let log = directory.appending(path: "log")
            let process = try ServerProcess(arguments, environment: environment, log: log)
            TestClusterCleanup.note(process.identifier, for: directory)
            server.withLock { $0 = process }
            if try await waitUntilReady(process) { return }
            // The killed server's backends drain; they give no signal.
            try await Task.sleep(for: .milliseconds(200))
        }
        throw ServerProcess.Failure(command: "postgres did not start, see \(directory.path)/log")
    }

    /// Kills the postmaster at once, as a crash would, and waits until it is gone.
    package func kill() {
        server.withLock { $0 }?.kill(SIGKILL)
    }

    /// Ends the server with all its processes as a loss of power would, and removes it.
    package func destroy() {
        signalAll(SIGKILL)
        kill()
        try? FileManager.default.removeItem(at: directory)
    }

    /// Makes a standby a primary.
    package func promote() async throws {
        let command = ["\(Self.binaries)/pg_ctl", "promote", "--silent", "--pgdata", "\(directory.path)/data"]
        try await ServerProcess.run(command)
    }

    /// Freezes the server with all its processes: it keeps its sockets and says nothing.
    package func freeze() {
        signalAll(SIGSTOP)
    }

    /// Lets a frozen server go on.
    package func thaw() {
        signalAll(SIGCONT)
    }

    /// The postmaster comes first, so that no process is made meanwhile.
    private func signalAll(_ signal: Int32) {
        guard let postmaster = server.withLock({ $0 })?.identifier else { return }
        _ = Foundation.kill(postmaster, signal)
        let numbers = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        for number in numbers.compactMap({ pid_t($0) }) where Self.parent(of: number) == postmaster {
            _ = Foundation.kill(number, signal)
        }
    }

    private static func parent(of process: pid_t) -> pid_t? {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return nil }
        // The name, in brackets, may hold anything.
        return status.split(separator: ")").last?.split(separator: " ").dropFirst().first.flatMap { pid_t($0) }
    }

    private func waitUntilReady(_ process: ServerProcess) async throws -> Bool {
        while process.isRunning {
            let isReady = await ServerProcess.succeeds([
                "\(Self.binaries)/pg_isready", "--quiet", "--host", directory.path, "--timeout", "1",
            ])
            if isReady { return true }
            // A server tells that it is ready only when it is asked.
            try await Task.sleep(for: .milliseconds(20))
        }
        return false
    }
}
