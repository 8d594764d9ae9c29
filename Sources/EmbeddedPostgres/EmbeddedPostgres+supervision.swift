import Glibc
import Logging
import ServiceLifecycle

extension EmbeddedPostgres {
    /// Keeps the cluster up: restarts a dead postmaster, and takes over when the owner ends.
    ///
    /// Returns on graceful shutdown, on cancellation and after `close`; the cluster stays up until `close`. List it before
    /// the services that use the cluster, so that it ends after them. Throws when the cluster cannot be brought back
    /// before the deadline.
    ///
    /// A process that opens a cluster for long runs this beside its work even if another one owns it: an owner that does
    /// not run it restarts nothing.
    package func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await self.supervise() }
        } catch let error as EmbeddedPostgresError where error.code == .cancelled {
            logger.debug("embedded PostgreSQL is no longer supervised")
        }
    }

    /// Whether this process is the one that starts, restarts and stops the cluster.
    package var isOwner: Bool { machine.isOwner }

    /// Looks and acts until the cluster accepts connections.
    func becomeReady() async throws(EmbeddedPostgresError) {
        while try await !step() {}
    }

    private func supervise() async throws(EmbeddedPostgresError) {
        while !isClosed {
            guard try await step() else { continue }
            try await pause(configuration.supervisionInterval)
        }
    }

    /// Takes one look and acts on it; returns whether the cluster accepts connections.
    private func step() async throws(EmbeddedPostgresError) -> Bool {
        if !machine.isOwner, lock.tryExclusive() { machine.becomeOwner() }
        let look = observe()
        let action = machine.next(look, at: .now - opening)
        if action != .serve { isServing = false }
        switch action {
        case .serve: try noteServing()
        case .wait(let duration): try await pause(duration)
        case .initialise: try await initialise()
        case .start: try await start()
        case .endRemnants:
            logger.warning("ending the sessions of a dead postmaster", metadata: metadata)
            postmaster.endRemnants()
            try await pause(SupervisionStateMachine.pollInterval)
        case .removePostmasterFile:
            logger.warning("removing a postmaster.pid that names another program's process", metadata: metadata)
            try removePostmasterFile()
        case .fail(let failure): throw error(failure)
        }
        return action == .serve
    }

    /// Forgets a child that ended, whose process id may be given to any program from then on.
    func forgetDeadChild() {
        guard let child, !postmaster.processes.isAlive(child) else { return }
        self.child = nil
    }

    private func observe() -> SupervisionStateMachine.Look {
        forgetDeadChild()
        let observation = postmaster.observe(isStarting: child != nil, connecting: !isServing)
        let asksMore = machine.isOwner && observation.needsStart
        return SupervisionStateMachine.Look(
            postmaster: observation,
            cluster: asksMore ? ClusterState(of: layout) : .present(majorVersion: programs.majorVersion),
            hasRemnants: asksMore && !postmaster.processes.clusterProcesses().isEmpty
        )
    }

    private func noteServing() throws(EmbeddedPostgresError) {
        if isServing { return }
        try preparation.checkSocketDirectory(layout.socketDirectory)
        isServing = true
        logger.debug("embedded PostgreSQL accepts connections", metadata: metadata)
    }

    private func start() async throws(EmbeddedPostgresError) {
        logger.debug("starting embedded PostgreSQL", metadata: metadata)
        try checkDataOwnership()
        try preparation.prepareSocketDirectory(layout.socketDirectory)
        try ServerSettings.forThisMachine().write(to: layout.settingsFile)
        child = try postmaster.start(programs)
        try await pause(SupervisionStateMachine.pollInterval)
    }

    private func checkDataOwnership() throws(EmbeddedPostgresError) {
        let user = command.session.user
        guard let status = FileStatus(path: layout.dataDirectory), status.owner != user.uid else { return }
        throw EmbeddedPostgresError(
            code: .directoryUnusable,
            path: layout.dataDirectory,
            problem: "The cluster in \(layout.dataDirectory) belongs to user \(status.owner),"
                + " and PostgreSQL would run as \(user.uid)",
            remedy: "run hooklog as the user who made it, or run `chown -R \(user.uid) \(layout.dataDirectory)`"
        )
    }

    private func removePostmasterFile() throws(EmbeddedPostgresError) {
        guard unlink(layout.postmasterFile) == 0 || errno == ENOENT else {
            throw EmbeddedPostgresError.systemCall("unlink", layout.postmasterFile)
        }
    }

    private func pause(_ duration: Duration) async throws(EmbeddedPostgresError) {
        guard await hasSlept(duration) else { throw EmbeddedPostgresError.cancelled(layout.directory) }
    }
}
