/// Decides what a process does about its cluster, one look at a time.
///
///     user ──lock taken──▶ owner
///
///     looked               user                 owner
///     ─────────────────    ──────────────────   ─────────────────────────────────────────────
///     ready                serve                serve
///     starting, stopping   wait                 wait
///     absent               wait for the owner   make the cluster if there is none, else start
///     gone, unrelated      wait for the owner   let old sessions end, then start with back-off
///     unseen               serve                look again, then fail: it cannot be supervised
///
/// While opening, every wait ends at a deadline. While serving, only an owner gives up: a user waits for the owner, whose
/// lock it gets when the owner ends.
struct SupervisionStateMachine: ~Copyable {
    /// What to do next; all but `serve` and `fail` are followed by another look.
    enum Action: Sendable, Equatable {
        case serve
        case wait(Duration)
        case initialise
        case start
        case endRemnants
        case removePostmasterFile
        case fail(Failure)
    }

    /// Why to give up.
    enum Failure: Sendable, Equatable {
        /// The data directory is damaged.
        case damaged
        /// The data directory went away while it was served.
        case vanished
        /// PostgreSQL ended each time it was started.
        case startFailed
        /// There was no living postmaster until the deadline.
        case absentTooLong
        /// The postmaster did not accept connections until the deadline.
        case recoveryTooLong
        /// PostgreSQL is served by a process that cannot be seen.
        case servedElsewhere
    }

    /// What one look showed.
    struct Look: Sendable, Equatable {
        var postmaster: PostmasterObservation
        var cluster: ClusterState
        /// Whether processes of the cluster live on without their postmaster; looked for by owners only.
        var hasRemnants = false
    }

    /// The starts after which PostgreSQL is taken to be unable to start a cluster that was shut down in order.
    static let startsOfCleanCluster = 3
    /// The time between two looks while waiting.
    static let pollInterval: Duration = .milliseconds(50)
    /// How long a postmaster must be out of sight before it is taken for another's: one that was killed stands without
    /// its name for a moment, until its socket closes.
    static let unseenPatience: Duration = .seconds(2)
    /// The longest time between two starts.
    static let longestBackOff: Duration = .seconds(4)

    private let deadlines: EmbeddedPostgresConfiguration.Deadlines
    private(set) var isOwner = false
    private var hasServed = false
    private var sawCrash = false
    private var outageStart: Duration?
    private var remnantsSince: Duration?
    private var unseenSince: Duration?
    private var starts = 0
    private var nextStart: Duration = .zero

    init(deadlines: EmbeddedPostgresConfiguration.Deadlines) {
        self.deadlines = deadlines
    }

    /// Notes that the process holds the lock.
    mutating func becomeOwner() { isOwner = true }

    /// Notes that the process gave up the lock.
    mutating func resign() { isOwner = false }

    /// Decides on a look taken at `now`, on any clock that only goes forward.
    mutating func next(_ look: Look, at now: Duration) -> Action {
        if look.postmaster != .unseen { unseenSince = nil }
        switch look.postmaster {
        case .ready:
            return serve()
        case .unseen:
            return isOwner ? waitForSight(now) : serve()
        case .starting, .stopping:
            return outage(now) > deadlines.recovery ? .fail(.recoveryTooLong) : .wait(Self.pollInterval)
        case .absent, .gone, .unrelated:
            return isOwner ? bringUp(look, at: now) : waitForOwner(now)
        }
    }

    private mutating func serve() -> Action {
        hasServed = true
        outageStart = nil
        remnantsSince = nil
        starts = 0
        nextStart = .zero
        return .serve
    }

    private mutating func outage(_ now: Duration) -> Duration {
        let start = outageStart ?? now
        outageStart = start
        return now - start
    }

    private mutating func waitForOwner(_ now: Duration) -> Action {
        outage(now) > deadlines.absence && !hasServed ? .fail(.absentTooLong) : .wait(Self.pollInterval)
    }

    private mutating func bringUp(_ look: Look, at now: Duration) -> Action {
        switch look.cluster {
        case .damaged: return .fail(.damaged)
        case .missing: return hasServed ? .fail(.vanished) : .initialise
        case .present: break
        }
        if outage(now) > deadlines.absence { return .fail(.absentTooLong) }
        if look.postmaster != .absent { sawCrash = true }
        if look.hasRemnants { return waitForRemnants(now) }
        remnantsSince = nil
        if !hasServed, !sawCrash, starts >= Self.startsOfCleanCluster { return .fail(.startFailed) }
        if now < nextStart { return .wait(min(nextStart - now, Self.pollInterval)) }
        // PostgreSQL refuses to start while the process its file names lives, whoever that is now.
        if look.postmaster == .unrelated { return .removePostmasterFile }
        starts += 1
        nextStart = now + min(.milliseconds(250) * (1 << min(starts - 1, 8)), Self.longestBackOff)
        return .start
    }

    private mutating func waitForSight(_ now: Duration) -> Action {
        let since = unseenSince ?? now
        unseenSince = since
        return now - since >= Self.unseenPatience ? .fail(.servedElsewhere) : .wait(Self.pollInterval)
    }

    private mutating func waitForRemnants(_ now: Duration) -> Action {
        sawCrash = true
        let since = remnantsSince ?? now
        remnantsSince = since
        guard now - since >= deadlines.remnants else { return .wait(Self.pollInterval) }
        remnantsSince = now
        return .endRemnants
    }
}
