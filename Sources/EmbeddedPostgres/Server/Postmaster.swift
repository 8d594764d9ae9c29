import Glibc

/// The server process of one cluster, seen through its files and the process table.
struct Postmaster: Sendable {
    let layout: ClusterLayout
    let session: ServerSession

    var processes: ProcessTable { ProcessTable(layout: layout, serverUser: session.user) }

    /// Looks at the postmaster; `isStarting` says that a process this one started as such lives.
    ///
    /// `connecting` asks the socket as well whether a postmaster that calls itself ready listens.
    func observe(isStarting: Bool, connecting: Bool) -> PostmasterObservation {
        guard let file = PostmasterFile(path: layout.postmasterFile) else {
            return isStarting ? .starting : .absent
        }
        let lives = processes.isAlive(file.pid)
        guard lives, processes.belongsToCluster(file.pid) else {
            if isStarting { return .starting }
            if socket.isListening { return .unseen }
            return lives ? .unrelated : .gone
        }
        switch file.state {
        case .starting: return .starting
        case .stopping: return .stopping
        case .ready, .standby: return !connecting || socket.isListening ? .ready : .starting
        }
    }

    /// Starts the postmaster and returns its process id; the caller has to reap it.
    func start(_ programs: ServerPrograms) throws(EmbeddedPostgresError) -> pid_t {
        let log = try ServerLog(path: layout.logFile).openForAppending()
        let input = try OpenFile("/dev/null", flags: O_RDONLY)
        let arguments = [
            "-D", layout.dataDirectory, "-c", "config_file=\(layout.settingsFile)",
            "-c", "unix_socket_directories=\"\(layout.socketDirectory)\"",
            "-c", "cluster_name=\(layout.clusterName)",
        ]
        return try session.start(programs.postgres, arguments, input: input, output: log)
    }

    /// The process id of the living postmaster of this cluster; nil when there is none.
    var livingProcess: pid_t? {
        guard let pid = PostmasterFile(path: layout.postmasterFile)?.pid, processes.isAlive(pid),
            processes.belongsToCluster(pid)
        else { return nil }
        return pid
    }

    /// Ends what lives on of a cluster whose postmaster is dead; what they did is recovered from the log at the next start.
    func endRemnants() {
        for pid in processes.clusterProcesses() { _ = kill(pid, SIGQUIT) }
    }

    private var socket: ServerSocket { ServerSocket(path: layout.socketFile) }
}
