/// What one process knows of a limited key, and may admit on it without asking.
///
/// Requests are counted in the database, all processes together, and as a rule one by one. A key with a limit in the
/// thousands is given credit: for a tenth of a second after each count, a thousandth of the limit may be admitted here
/// and reported with the next count. So a key costs at most some thirty statements a second in each process, whatever
/// its limit, and:
///
/// - One process alone never admits more than the limit in any minute: its credit counts against what it last heard.
/// - Each further process may admit a thousandth of the limit more, for that is what the others have not heard of.
struct RequestBudget: Hashable, Sendable {
    /// How long credit is given after a count.
    static let creditLifetime = Duration.milliseconds(100)
    /// How long a request counts, and a moment more.
    static let window = Duration.seconds(61)

    /// The newest count; nil before the first.
    private var newest: RequestCount.Window?
    /// When the newest count was heard of.
    private(set) var heardAt: ContinuousClock.Instant
    /// Requests admitted on credit that no count has carried yet.
    private var unreported = 0
    /// Requests that counts under way carry.
    private var underWay: Int
    /// How many of them were admitted on credit.
    private var carried = 0

    /// Creates the budget of a key of which nothing is known, while so many counts are under way.
    init(countsUnderWay: Int, at now: ContinuousClock.Instant) {
        underWay = countsUnderWay
        heardAt = now
    }

    /// The requests that may be admitted before they are counted.
    static func credit(of limit: Int) -> Int { limit / 1000 }

    /// Decides whether a request is admitted on credit or counted.
    mutating func request(at now: ContinuousClock.Instant) -> RateLimitStateMachine.Decision {
        if let newest, now - heardAt < Self.creditLifetime,
            underWay + unreported < min(Self.credit(of: newest.limit), newest.limit - newest.used)
        {
            unreported += 1
            return .admit(standing(newest))
        }
        // Credit ends soon after a count: what is older than the window no longer counts.
        if now - heardAt >= Self.window { unreported = 0 }
        let (reported, ahead) = (unreported, carried)
        unreported = 0
        underWay += reported + 1
        carried += reported
        return .count(unreported: reported, ahead: ahead)
    }

    /// Takes the answer to a count that carried so many unreported requests; returns how the key stands.
    ///
    /// Answers may come in another order than they were given: an older one changes nothing.
    mutating func counted(
        _ count: RequestCount.Window,
        reported: Int,
        at now: ContinuousClock.Instant
    ) -> RateLimitStanding {
        end(reported)
        if newest.map({ ($0.countedAt, $0.used) < (count.countedAt, count.used) }) ?? true {
            newest = count
            heardAt = now
        }
        return standing(count)
    }

    /// A count failed: what it carried is carried again.
    mutating func failed(reported: Int) {
        end(reported)
        unreported += reported
    }

    private mutating func end(_ reported: Int) {
        underWay = max(underWay - reported - 1, 0)
        carried = max(carried - reported, 0)
    }

    /// How the key stands after a count.
    func standing(_ count: RequestCount.Window) -> RateLimitStanding {
        RateLimitStanding(
            limit: count.limit,
            remaining: max(count.limit - count.used - unreported, 0),
            resetsAt: (count.freesAt.microsecondsSince1970 + 999_999) / 1_000_000
        )
    }
}
