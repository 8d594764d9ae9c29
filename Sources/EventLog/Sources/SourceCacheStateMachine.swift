import DequeModule

/// Decides for each lookup of a source whether the cache answers, somebody loads it, or it waits for who does.
///
/// A known source is fresh for two seconds after the query that read it began, unless it was changed since; an unknown
/// identifier is remembered for a second at most, and only so many of them. While the database is away, what was known
/// keeps counting.
struct SourceCacheStateMachine<Value: Sendable, Waiter: Sendable>: ~Copyable {
    typealias Instant = ContinuousClock.Instant

    enum Lookup {
        case found(Value)
        case absent
        /// The caller loads the source, and tells with `finish` or `fail`.
        case load
        /// Somebody else loads it.
        case wait
        /// It was read a moment ago; look again at that time.
        case waitUntil(Instant)
        /// Too many loads are under way.
        case refuse
    }

    struct Limits: Sendable {
        var freshness = Duration.seconds(2)
        var absence = Duration.seconds(1)
        /// How long a source counts after a load failed, before the next is tried.
        var grace = Duration.seconds(1)
        /// How far apart reads of one source are that callers demand, failed ones included.
        var demandInterval = Duration.milliseconds(50)
        var knownCount = 4096
        var absentCount = 1000
        var loadCount = 256
        var waiterCount = 4096
        /// Beyond how many waiters none is taken that demands a new read, so that there is room for the others.
        var demandWaiterCount = 256
    }

    struct Entry {
        var value: Value
        var readAt: Instant
        var freshUntil: Instant
        var changedAt: Instant?
        /// When a read failed since the last that did not.
        var failedAt: Instant?
        var wasUsed = true
    }

    private struct Load {
        var waiters: [UInt64: Waiter] = [:]
        /// The source was changed after the load began, so what it brings may be old.
        var isOutdated = false
    }

    private let limits: Limits
    private(set) var known: [SourceID: Entry] = [:]
    private var absentUntil: [SourceID: Instant] = [:]
    private(set) var absentOrder: Deque<SourceID> = []
    private var loads: [SourceID: Load] = [:]
    private var waiterCount = 0
    private var lastTicket: UInt64 = 0

    init(limits: Limits = Limits()) {
        self.limits = limits
    }

    /// Looks up a source, where a moment is given as the database had it after that.
    mutating func lookUp(_ id: SourceID, readSince moment: Instant? = nil, now: Instant) -> Lookup {
        if let moment { return lookUpAnew(id, readSince: moment, now: now) }
        if let entry = known[id], now < entry.freshUntil {
            known[id]?.wasUsed = true
            return .found(entry.value)
        }
        if let until = absentUntil[id], now < until { return .absent }
        if loads[id] != nil { return waiterCount < limits.waiterCount ? .wait : .refuse }
        guard loads.count < limits.loadCount else { return .refuse }
        loads[id] = Load()
        return .load
    }

    private mutating func lookUpAnew(_ id: SourceID, readSince moment: Instant, now: Instant) -> Lookup {
        let entry = known[id]
        if let entry, entry.readAt >= moment {
            known[id]?.wasUsed = true
            return .found(entry.value)
        }
        let absentAt = absentUntil[id].map { $0 - limits.absence }
        if let absentAt, absentAt >= moment { return .absent }
        if let failedAt = entry?.failedAt, failedAt >= moment { return .refuse }
        if loads[id] != nil { return waiterCount < limits.demandWaiterCount ? .wait : .refuse }
        if let last = [entry?.readAt, entry?.failedAt, absentAt].compactMap(\.self).max(),
            now < last + limits.demandInterval
        {
            return .waitUntil(last + limits.demandInterval)
        }
        guard loads.count < limits.loadCount else { return .refuse }
        loads[id] = Load()
        return .load
    }

    /// Gives a waiter the ticket under which it can be abandoned.
    mutating func makeTicket() -> UInt64 {
        lastTicket += 1
        return lastTicket
    }

    /// Has a waiter woken when the load is over; returns false when it is over already.
    mutating func wait(for id: SourceID, ticket: UInt64, waiter: Waiter) -> Bool {
        guard loads[id] != nil else { return false }
        loads[id]?.waiters[ticket] = waiter
        waiterCount += 1
        return true
    }

    mutating func abandon(_ id: SourceID, ticket: UInt64) -> Waiter? {
        guard let waiter = loads[id]?.waiters.removeValue(forKey: ticket) else { return nil }
        waiterCount -= 1
        return waiter
    }

    /// Ends a load that gave a source or found that there is none; returns those to be woken.
    mutating func finish(_ id: SourceID, _ value: Value?, startedAt: Instant) -> [Waiter] {
        store(id, value, startedAt: startedAt)
        return endLoad(of: id)
    }

    /// Ends a load that failed; returns the source as it was known, if it was, and those to be woken.
    mutating func fail(_ id: SourceID, now: Instant) -> (known: Value?, waiters: [Waiter]) {
        known[id]?.freshUntil = now + limits.grace
        known[id]?.failedAt = now
        return (known[id]?.value, endLoad(of: id))
    }

    /// The sources used since the last call, to be read again; ``refresh(_:_:startedAt:)`` takes what was read.
    mutating func takeUsed() -> [SourceID] {
        let used = known.filter { $0.value.wasUsed }.map(\.key)
        for id in used { known[id]?.wasUsed = false }
        return used
    }

    /// Stores what a sweep read, unless the source was changed or read again meanwhile.
    mutating func refresh(_ id: SourceID, _ value: Value?, startedAt: Instant) {
        guard let entry = known[id], entry.changedAt.map({ $0 < startedAt }) ?? true else { return }
        store(id, value, startedAt: startedAt)
        known[id]?.wasUsed = entry.wasUsed
    }

    /// Has the source loaded at its next use.
    mutating func invalidate(_ id: SourceID, now: Instant) {
        loads[id]?.isOutdated = true
        absentUntil[id] = nil
        known[id]?.freshUntil = now
        known[id]?.changedAt = now
    }

    /// Has every source loaded at its next use.
    mutating func invalidateAll(now: Instant) {
        for id in Array(known.keys) + Array(loads.keys) { invalidate(id, now: now) }
        absentUntil.removeAll()
        absentOrder.removeAll()
    }

    private mutating func store(_ id: SourceID, _ value: Value?, startedAt: Instant) {
        let isOutdated = loads[id]?.isOutdated ?? false
        let before = known[id]
        if let before, before.readAt > startedAt { return }
        guard let value else {
            known[id] = nil
            if !isOutdated { storeAbsence(of: id, until: startedAt + limits.absence) }
            return
        }
        absentUntil[id] = nil
        if known[id] == nil, known.count >= limits.knownCount, let other = known.keys.first { known[other] = nil }
        known[id] = Entry(
            value: value,
            readAt: startedAt,
            freshUntil: isOutdated ? startedAt : startedAt + limits.freshness,
            changedAt: before?.changedAt
        )
    }

    private mutating func storeAbsence(of id: SourceID, until: Instant) {
        if absentUntil.updateValue(until, forKey: id) == nil { absentOrder.append(id) }
        while absentOrder.count > limits.absentCount, let oldest = absentOrder.popFirst() { absentUntil[oldest] = nil }
    }

    private mutating func endLoad(of id: SourceID) -> [Waiter] {
        let waiters = loads.removeValue(forKey: id)?.waiters ?? [:]
        waiterCount -= waiters.count
        return Array(waiters.values)
    }
}
