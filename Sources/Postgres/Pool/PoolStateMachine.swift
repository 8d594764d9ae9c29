import DequeModule

/// The decisions of a pool: who gets which connection, who opens one, who waits.
///
///     lease ──▶ lend ───────────────▶ release ──▶ lend to the first waiter, or idle
///       ├─────▶ check ─ failed ─┐        └─ broken ─▶ first waiter opens
///       ├─────▶ open ◀──────────┘
///       │         └─ failed ─▶ retry at … (one opener at a time until an attempt succeeds)
///       └─────▶ wait ─▶ granted, or abandoned
///
/// A connection is counted as leased from its grant to its release, and an attempt to open one as opening; their sum
/// with the idle ones never exceeds the size. Waiters are served first come, first served.
struct PoolStateMachine<Connection: Sendable, Request: Equatable & Sendable>: ~Copyable {
    typealias Instant = ContinuousClock.Instant

    /// What a request may do.
    enum Grant: Sendable {
        case lend(Connection)
        /// Use it after a check; ``exchangeForOpening()`` when it fails.
        case check(Connection)
        /// Open a connection, not before the given time.
        case open(notBefore: Instant?)
    }

    enum LeaseAction {
        case grant(Grant)
        case wait
        case refuseExhausted
        case refuseClosed
    }

    /// A grant for a request that has been waiting.
    struct Delivery {
        let request: Request
        let grant: Grant
    }

    struct ReleaseAction {
        var closing: Connection?
        var delivery: Delivery?
    }

    enum OpenFailureAction {
        case retry(at: Instant)
        case wait
        case fail
    }

    private struct Idle {
        let connection: Connection
        let since: Instant
        var isSuspect = false
    }

    private struct Outage {
        var attempts: Int
        var retryAt: Instant
    }

    private let size: Int
    private let waiterLimit: Int
    private let idleCheck: Duration
    private let backoff: Backoff
    private var idle: [Idle] = []
    private var waiting: Deque<Request> = []
    private var outage: Outage?
    private(set) var leased = 0
    private(set) var opening = 0
    private(set) var isClosed = false

    init(size: Int, waiterLimit: Int, idleCheck: Duration, backoff: Backoff = Backoff()) {
        precondition(size > 0, "a pool needs room for a connection")
        self.size = size
        self.waiterLimit = waiterLimit
        self.idleCheck = idleCheck
        self.backoff = backoff
    }

    var idleCount: Int { idle.count }
    var waitingCount: Int { waiting.count }
    var isDrained: Bool { isClosed && leased == 0 && opening == 0 }
    var isAway: Bool { outage != nil }

    /// A request comes in.
    mutating func lease(_ request: Request, now: Instant) -> LeaseAction {
        guard !isClosed else { return .refuseClosed }
        if let grant = takeIdle(now: now) { return .grant(grant) }
        if canOpen { return .grant(startOpening()) }
        guard waiting.count < waiterLimit else { return .refuseExhausted }
        waiting.append(request)
        return .wait
    }

    /// A lent connection comes back.
    mutating func release(_ connection: Connection, reusable: Bool, now: Instant) -> ReleaseAction {
        precondition(leased > 0, "release(_:reusable:now:) without a lease")
        leased -= 1
        guard reusable, !isClosed else {
            if !reusable { suspectIdle() }
            return ReleaseAction(closing: connection, delivery: openForWaiter())
        }
        if let request = waiting.popFirst() {
            leased += 1
            return ReleaseAction(delivery: Delivery(request: request, grant: .lend(connection)))
        }
        idle.append(Idle(connection: connection, since: now))
        return ReleaseAction()
    }

    /// A connection that was to be checked is dead: its holder opens another in its place.
    mutating func exchangeForOpening() -> Grant {
        precondition(leased > 0, "exchangeForOpening() without a lease")
        leased -= 1
        suspectIdle()
        return startOpening()
    }

    /// An attempt to open succeeded; its connection is leased to whoever opened it.
    ///
    /// Others may now open too.
    mutating func opened() -> [Delivery] {
        precondition(opening > 0, "opened() without an opener")
        opening -= 1
        leased += 1
        outage = nil
        var deliveries: [Delivery] = []
        while let delivery = openForWaiter() { deliveries.append(delivery) }
        return deliveries
    }

    /// An attempt to open failed.
    ///
    /// The opener retries, or waits when another is at it.
    mutating func openFailed(_ request: Request, now: Instant, jitter: Double) -> OpenFailureAction {
        precondition(opening > 0, "openFailed(_:now:jitter:) without an opener")
        let retryAt = noteOutage(now: now, jitter: jitter)
        guard !isClosed else { return .fail }
        guard opening > 1 else { return .retry(at: retryAt) }
        opening -= 1
        waiting.prepend(request)
        return .wait
    }

    /// Extends the outage; an attempt that began before the current retry time was known does not double it.
    @discardableResult
    mutating func noteOutage(now: Instant, jitter: Double) -> Instant {
        if let outage, outage.retryAt > now { return outage.retryAt }
        let attempts = (outage?.attempts ?? 0) + 1
        let retryAt = now + backoff.delay(afterAttempts: attempts, jitter: jitter)
        outage = Outage(attempts: attempts, retryAt: retryAt)
        return retryAt
    }

    /// The opener's back-off is over: an idle connection is as good as a new one.
    mutating func resumeOpening(now: Instant) -> Grant {
        precondition(opening > 0, "resumeOpening(now:) without an opener")
        guard let grant = takeIdle(now: now) else { return .open(notBefore: nil) }
        opening -= 1
        return grant
    }

    /// The opener gives up; the first waiter takes its place.
    mutating func stopOpening() -> Delivery? {
        precondition(opening > 0, "stopOpening() without an opener")
        opening -= 1
        return openForWaiter()
    }

    /// A waiting request is withdrawn; returns false when it was granted already.
    mutating func abandon(_ request: Request) -> Bool {
        guard let index = waiting.firstIndex(of: request) else { return false }
        waiting.remove(at: index)
        return true
    }

    /// Ends the pool: returns what must be closed and who must be told.
    mutating func close() -> (closing: [Connection], refused: [Request]) {
        isClosed = true
        defer {
            idle = []
            waiting = []
        }
        return (idle.map(\.connection), waiting.map { $0 })
    }

    private var canOpen: Bool {
        !isClosed && idle.count + leased + opening < size && (outage == nil || opening == 0)
    }

    private mutating func takeIdle(now: Instant) -> Grant? {
        guard let last = idle.popLast() else { return nil }
        leased += 1
        let isStale = last.isSuspect || now - last.since > idleCheck
        return isStale ? .check(last.connection) : .lend(last.connection)
    }

    private mutating func startOpening() -> Grant {
        opening += 1
        return .open(notBefore: outage?.retryAt)
    }

    private mutating func openForWaiter() -> Delivery? {
        guard canOpen, let request = waiting.popFirst() else { return nil }
        return Delivery(request: request, grant: startOpening())
    }

    private mutating func suspectIdle() {
        for index in idle.indices { idle[index].isSuspect = true }
    }
}
