import EventLog

/// Who waits for which position of which read model.
struct WaiterList<Token: Sendable>: ~Copyable {
    typealias Instant = ContinuousClock.Instant

    /// A read model of a workspace.
    struct Key: Hashable, Sendable {
        let workspace: WorkspaceID
        let projection: ProjectionName
    }

    /// What is known of a read model.
    struct Sighting: Sendable, Hashable {
        let position: Position?
        /// The head of the log; nil when there is no such workspace.
        let head: Position?
    }

    /// The answer to one that waited.
    struct Delivery: Sendable {
        let token: Token
        let answer: WaiterAnswer
    }

    private struct Waiter {
        let key: Key
        let position: Position
        let deadline: Instant
        let token: Token
        var seen: Position?
    }

    private let limit: Int
    private var waiters: [Int: Waiter] = [:]
    private var ids: [Key: Set<Int>] = [:]
    private var lastID = 0
    private(set) var isClosed = false

    init(limit: Int) {
        self.limit = limit
    }

    var count: Int { waiters.count }
    /// The read models that somebody waits for.
    var keys: [Key] { Array(ids.keys) }

    /// A number for a waiter to come.
    mutating func reserve() -> Int {
        lastID += 1
        return lastID
    }

    /// Adds a waiter under a reserved number; returns the answer at once when there is no place for it.
    mutating func add(
        _ id: Int,
        _ key: Key,
        position: Position,
        deadline: Instant,
        token: Token
    ) -> WaiterAnswer? {
        guard !isClosed else { return .cancelled }
        guard waiters.count < limit else { return .refused }
        waiters[id] = Waiter(key: key, position: position, deadline: deadline, token: token)
        ids[key, default: []].insert(id)
        return nil
    }

    /// Takes note that a read model has reached a position.
    mutating func advanced(_ key: Key, to position: Position) -> [Delivery] {
        saw(key, Sighting(position: position, head: nil), inLook: nil)
    }

    /// Begins a look at the database: the number of the last waiter that its result may refuse.
    ///
    /// One that comes later may name a position that was appended after the look; to that one the head is not known.
    func beginLook() -> Int { lastID }

    /// Takes note of what a look at the database has shown; there is no number for one at a standby, where the head of
    /// the log is not known.
    mutating func saw(_ key: Key, _ sighting: Sighting, inLook look: Int?) -> [Delivery] {
        var deliveries: [Delivery] = []
        for id in ids[key] ?? [] {
            guard let waiter = waiters[id] else { continue }
            waiters[id]?.seen = sighting.position ?? waiter.seen
            guard let answer = Self.answer(waiter, sighting, headIsKnown: id <= look ?? 0) else { continue }
            remove(id)
            deliveries.append(Delivery(token: waiter.token, answer: answer))
        }
        return deliveries
    }

    /// Ends the waits whose time is over.
    mutating func expire(now: Instant) -> [Delivery] {
        let late = waiters.filter { $0.value.deadline <= now }
        return late.map { id, waiter in
            remove(id)
            return Delivery(token: waiter.token, answer: .timedOut(waiter.seen))
        }
    }

    /// Ends one wait.
    mutating func cancel(_ id: Int) -> Delivery? {
        guard let waiter = waiters[id] else { return nil }
        remove(id)
        return Delivery(token: waiter.token, answer: .cancelled)
    }

    /// Ends all waits and takes no more.
    mutating func close() -> [Delivery] {
        isClosed = true
        let deliveries = waiters.values.map { Delivery(token: $0.token, answer: .cancelled) }
        waiters.removeAll()
        ids.removeAll()
        return deliveries
    }

    private static func answer(_ waiter: Waiter, _ sighting: Sighting, headIsKnown: Bool) -> WaiterAnswer? {
        if let position = sighting.position, position >= waiter.position { return .reached(position) }
        guard headIsKnown else { return nil }
        guard let head = sighting.head else { return .unknown }
        return waiter.position > head ? .beyondHead(head) : nil
    }

    private mutating func remove(_ id: Int) {
        guard let waiter = waiters.removeValue(forKey: id) else { return }
        ids[waiter.key]?.remove(id)
        if ids[waiter.key]?.isEmpty == true { ids[waiter.key] = nil }
    }
}

/// How a wait for a read model ends.
enum WaiterAnswer: Sendable, Hashable {
    /// The read model has reached the position.
    case reached(Position)
    /// The position is above the head of the log.
    case beyondHead(Position)
    /// The deadline passed; the read model is at the position, if it was seen.
    case timedOut(Position?)
    /// The waiter gave up, or the service has ended.
    case cancelled
    /// There is no such read model.
    case unknown
    /// Too many wait.
    case refused
}
