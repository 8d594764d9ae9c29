import Glibc
import Logging

extension EmbeddedPostgres {
    /// Leaves the cluster, and stops it when no other process uses it.
    ///
    /// A stop is a fast one, and at its deadline an immediate one, after which the next start recovers from the log; nothing
    /// committed is lost either way. When the calling task is cancelled, the stop is asked for and not waited for: a
    /// process that comes next waits instead. Calling it again does nothing.
    package func close() async {
        if isClosed { return }
        isClosed = true
        var closing = ClosingStateMachine(ownsLock: machine.isOwner)
        var succeeded = true
        while true {
            switch closing.next(succeeded) {
            case .releaseUse: users.release()
            case .tryLock: succeeded = lock.tryExclusive()
            case .tryExclusiveUse: succeeded = users.tryExclusive()
            case .stop: await stop()
            case .releaseLock: lock.release()
            case .probeUse: succeeded = probeUse()
            case .finish(let stopped):
                var metadata = metadata
                metadata["cluster.stopped"] = "\(stopped)"
                logger.debug("left embedded PostgreSQL", metadata: metadata)
                users.release()
                lock.release()
                machine.resign()
                return
            }
        }
    }

    private func probeUse() -> Bool {
        let isFree = users.tryExclusive()
        users.release()
        return isFree
    }

    private func stop() async {
        guard servingProcess() != nil else { return postmaster.endRemnants() }
        if await stop(SIGINT, deadline: configuration.deadlines.fastStop) { return }
        logger.warning("embedded PostgreSQL does not stop and is ended at once", metadata: metadata)
        if await stop(SIGQUIT, deadline: configuration.deadlines.immediateStop) { return }
        logger.error("embedded PostgreSQL does not stop", metadata: metadata)
    }

    /// Sends `signal` to the postmaster; returns whether it ended, or whether the calling task does not want to know.
    private func stop(_ signal: CInt, deadline: Duration) async -> Bool {
        let end = ContinuousClock.now + deadline
        guard let pid = servingProcess(), kill(pid, signal) == 0 else { return true }
        while postmaster.processes.isAlive(pid) {
            guard .now < end else { return false }
            guard await hasSlept(.milliseconds(20)) else { return true }
        }
        return true
    }

    /// The postmaster, even if it is a child that has not written its process id yet.
    private func servingProcess() -> pid_t? {
        forgetDeadChild()
        return postmaster.livingProcess ?? child
    }
}
