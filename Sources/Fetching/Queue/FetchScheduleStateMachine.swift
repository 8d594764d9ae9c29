import DequeModule
import EventLog

/// Decides which job runs next: input in, one job out, no locks and no waits.
///
///     wake ──▶ ready ──▶ running ──▶ (more to do) ready, or delayed until its time
///                ▲                       │
///     wake(at:) ─┴── delayed ◀───────────┘
///
/// A log is read by one job at a time; of a source, several objects are fetched at a time, so that a slow one holds up
/// few others; both kinds are bounded in all. A job woken while it has no room of its own runs again when it ends. Only
/// jobs with something to do are remembered, up to a limit: what is forgotten, the next sweep finds again.
struct FetchScheduleStateMachine: ~Copyable {
    typealias Instant = ContinuousClock.Instant

    private let configuration: FetchConfiguration
    private let jobLimit: Int
    private var ready: Deque<FetchJob> = []
    private var isReady: Set<FetchJob> = []
    private var delayed: [FetchJob: Instant] = [:]
    private var running: [FetchJob: Int] = [:]
    /// Those woken while they had no room.
    private var wokenAgain: Set<FetchJob> = []
    private var plansRunning = 0
    private var fetchesRunning = 0
    /// The times for which a timer runs: each earlier than those before it.
    private var armed: [Instant] = []
    private(set) var isStopping = false

    init(_ configuration: FetchConfiguration, jobLimit: Int = 16_384) {
        precondition(configuration.concurrency > 0 && configuration.sourceConcurrency > 0, "nothing could be fetched")
        self.configuration = configuration
        self.jobLimit = jobLimit
    }

    /// The jobs that run now.
    var runningCount: Int { plansRunning + fetchesRunning }
    /// The jobs that wait for room or for their time.
    var waitingCount: Int { ready.count + delayed.count }

    /// Has a job run as soon as there is room.
    mutating func wake(_ job: FetchJob) {
        guard !isStopping, !isReady.contains(job) else { return }
        let wasDelayed = delayed.removeValue(forKey: job) != nil
        guard wasDelayed || waitingCount < jobLimit else { return }
        isReady.insert(job)
        ready.append(job)
    }

    /// Has a job run at a time, or earlier when it was told so before.
    mutating func wake(_ job: FetchJob, at due: Instant, now: Instant) {
        guard due > now else { return wake(job) }
        guard !isStopping, !isReady.contains(job) else { return }
        if let known = delayed[job] {
            delayed[job] = min(known, due)
        } else if waitingCount < jobLimit {
            delayed[job] = due
        }
    }

    /// The next job, when there is one and room for it.
    mutating func next() -> FetchJob? {
        guard !isStopping else { return nil }
        for _ in 0..<ready.count {
            guard let job = ready.popFirst() else { return nil }
            guard running[job, default: 0] < limit(of: job) else {
                isReady.remove(job)
                wokenAgain.insert(job)
                continue
            }
            guard hasRoom(for: job) else {
                ready.append(job)
                continue
            }
            isReady.remove(job)
            start(job)
            return job
        }
        return nil
    }

    /// Takes note that a job has ended, and of when it shall run again.
    mutating func finish(_ job: FetchJob, again: Instant?, now: Instant) {
        switch job {
        case .plan: plansRunning -= 1
        case .fetch: fetchesRunning -= 1
        }
        let left = running[job, default: 1] - 1
        running[job] = left > 0 ? left : nil
        if wokenAgain.remove(job) != nil { wake(job) }
        if let again { wake(job, at: again, now: now) }
    }

    /// The time at which ``releaseDue(now:)`` must be called, unless that or an earlier one was told before.
    mutating func armTimer() -> Instant? {
        guard let earliest = delayed.values.min(), !armed.contains(where: { $0 <= earliest }) else { return nil }
        armed.append(earliest)
        return earliest
    }

    /// Makes the jobs ready whose time has come.
    mutating func releaseDue(now: Instant) {
        armed.removeAll { $0 <= now }
        for (job, due) in delayed where due <= now { wake(job) }
    }

    /// Starts nothing more.
    mutating func stop() {
        isStopping = true
        ready.removeAll()
        isReady.removeAll()
        delayed.removeAll()
        wokenAgain.removeAll()
    }

    private mutating func start(_ job: FetchJob) {
        running[job, default: 0] += 1
        switch job {
        case .plan: plansRunning += 1
        case .fetch: fetchesRunning += 1
        }
    }

    private func limit(of job: FetchJob) -> Int {
        switch job {
        case .plan: 1
        case .fetch: configuration.sourceConcurrency
        }
    }

    private func hasRoom(for job: FetchJob) -> Bool {
        switch job {
        case .plan: plansRunning < configuration.planConcurrency
        case .fetch: fetchesRunning < configuration.concurrency
        }
    }
}

/// A piece of work of the service that fetches.
enum FetchJob: Hashable, Sendable {
    /// Read a workspace's log for thin events.
    case plan(WorkspaceID)
    /// Fetch an object of a source, if one is due.
    case fetch(SourceID)
}
