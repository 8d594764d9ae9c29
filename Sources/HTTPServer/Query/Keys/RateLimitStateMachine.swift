import EventLog

/// The decisions of rate limits for all keys of one process.
///
///                 ┌── unlimited ──▶ pass for a minute, then ask again
///     key ──ask──▶├── limited ────▶ a RequestBudget
///                 ├── uncounted ──▶ a ProcessWindow: a standby cannot count, so this process does
///                 └── invalid ────▶ pass, forget
///
/// A key is kept with its secret's hash, so a wrong secret finds nothing and changes nothing. A key that is not valid
/// takes a place only while it is asked about; the number of places is bounded, and a key without one is asked about each
/// time.
struct RateLimitStateMachine: ~Copyable {
    /// What is to be done with a request.
    enum Decision: Hashable, Sendable {
        /// The key has no limit, or is not valid: others will say so.
        case pass
        /// Admit it.
        case admit(RateLimitStanding)
        /// Count it in the database, and these requests that were admitted on credit.
        ///
        /// As many as `ahead` were too, and are carried by other counts, which it may overtake.
        case count(unreported: Int, ahead: Int = 0)
    }

    /// What a count decided.
    enum Verdict: Hashable, Sendable {
        case pass
        case admit(RateLimitStanding)
        case refuse(RateLimitStanding, secondsToWait: Int64)
    }

    private enum Rule {
        /// So many counts that know nothing of the key are under way.
        case unknown(countsUnderWay: Int)
        case unlimited(since: ContinuousClock.Instant)
        case limited(RequestBudget)
        case uncounted(ProcessWindow)

        /// Whether nothing is lost by forgetting it.
        func isIdle(at now: ContinuousClock.Instant) -> Bool {
            switch self {
            case .unknown: false
            case .unlimited(let since): now - since >= RateLimitStateMachine.unlimitedLifetime
            case .limited(let budget): now - budget.heardAt >= RequestBudget.window
            case .uncounted(let window): now - window.heardAt >= RequestBudget.window
            }
        }
    }

    /// How long a key counts as unlimited without asking again.
    static let unlimitedLifetime = Duration.seconds(60)
    private static let purgeInterval = Duration.seconds(1)

    private let capacity: Int
    private var rules: [APIKeyText: Rule] = [:]
    private var nextPurge: ContinuousClock.Instant?

    /// Creates the machine for so many keys at most.
    init(capacity: Int = 65_536) {
        self.capacity = capacity
    }

    /// The keys that take a place.
    var keyCount: Int { rules.count }

    /// Decides on a request; after `.count`, one of ``counted(_:for:reported:at:)`` and ``failed(for:reported:)`` must
    /// follow.
    mutating func request(_ key: APIKeyText, at now: ContinuousClock.Instant) -> Decision {
        switch rules[key] {
        case .unlimited(let since) where now - since < Self.unlimitedLifetime:
            return .pass
        case .limited(var budget):
            let decision = budget.request(at: now)
            rules[key] = .limited(budget)
            return decision
        case .unknown(let underWay):
            rules[key] = .unknown(countsUnderWay: underWay + 1)
        case .unlimited:
            rules[key] = .unknown(countsUnderWay: 1)
        case .uncounted:
            break
        case nil:
            if hasRoom(at: now) { rules[key] = .unknown(countsUnderWay: 1) }
        }
        return .count(unreported: 0)
    }

    /// Takes the answer to a count.
    mutating func counted(
        _ count: RequestCount,
        for key: APIKeyText,
        reported: Int,
        at now: ContinuousClock.Instant
    ) -> Verdict {
        switch count {
        case .invalidKey:
            endUnknownCount(for: key)
            if case .unknown = rules[key] {} else { rules[key] = nil }
            return .pass
        case .unlimited:
            if rules[key] != nil { rules[key] = .unlimited(since: now) }
            return .pass
        case .uncounted(let limit, let time):
            var window = processWindow(of: key, at: now)
            let count = window.request(limit: limit, at: time, now: now)
            if rules[key] != nil { rules[key] = .uncounted(window) }
            return Verdict(count, RequestBudget(countsUnderWay: 1, at: now).standing(count))
        case .limited(let window):
            var budget = budget(of: key, at: now)
            let standing = budget.counted(window, reported: reported, at: now)
            if rules[key] != nil { rules[key] = .limited(budget) }
            return Verdict(window, standing)
        }
    }

    /// A count failed.
    mutating func failed(for key: APIKeyText, reported: Int) {
        guard case .limited(var budget) = rules[key] else { return endUnknownCount(for: key) }
        budget.failed(reported: reported)
        rules[key] = .limited(budget)
    }

    private func budget(of key: APIKeyText, at now: ContinuousClock.Instant) -> RequestBudget {
        switch rules[key] {
        case .limited(let budget): budget
        case .unknown(let underWay): RequestBudget(countsUnderWay: underWay, at: now)
        case .unlimited, .uncounted, nil: RequestBudget(countsUnderWay: 1, at: now)
        }
    }

    private func processWindow(of key: APIKeyText, at now: ContinuousClock.Instant) -> ProcessWindow {
        guard case .uncounted(let window) = rules[key] else { return ProcessWindow(at: now) }
        return window
    }

    private mutating func endUnknownCount(for key: APIKeyText) {
        guard case .unknown(let underWay) = rules[key] else { return }
        rules[key] = underWay > 1 ? .unknown(countsUnderWay: underWay - 1) : nil
    }

    /// Whether there is a place for one more key; makes some from keys that were idle for a minute.
    private mutating func hasRoom(at now: ContinuousClock.Instant) -> Bool {
        guard rules.count >= capacity else { return true }
        guard nextPurge.map({ $0 <= now }) ?? true else { return false }
        nextPurge = now + Self.purgeInterval
        rules = rules.filter { !$0.value.isIdle(at: now) }
        return rules.count < capacity
    }
}

extension RateLimitStateMachine.Verdict {
    fileprivate init(_ window: RequestCount.Window, _ standing: RateLimitStanding) {
        self = window.isAdmitted ? .admit(standing) : .refuse(standing, secondsToWait: window.secondsToWait)
    }
}
