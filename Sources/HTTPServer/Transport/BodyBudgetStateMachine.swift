import NIOCore

/// Decides which bodies may be in memory, for all connections of the process together.
///
///     part arrives ──take──▶ fits ──────────────────────────────▶ taken
///                             │ does not
///                             ├─ another body has held more for longer ─▶ that one must leave, this one is taken
///                             └─ this one has ───────────────────────────▶ refused
///     request complete ──arrived──▶ can no longer be asked to leave; it is soon answered
///     answer ends, part dropped ──give──▶ bytes come back
///
/// What a body costs others is its bytes times its age. So a few slow large bodies, or very many slow small ones, make
/// room for one that just came. A body that has grown beyond ``smallByteCount`` leaves a part of the budget to those that
/// have not, so that these need not wait until somebody has left.
///
/// The bytes of a connection that closed are counted until the application is done with them.
struct BodyBudgetStateMachine<Connection: Hashable>: ~Copyable {
    enum TakeAction: Equatable {
        /// The bytes are counted. If a connection is named, it must refuse its request.
        case take(refusing: Connection?)
        /// Nothing is counted: drop the bytes and refuse the request.
        case refuse
    }

    private struct Account {
        var byteCount = 0
        var since = NIODeadline.distantPast
        var isArriving = false
        var isLeaving = false
        var isConnected = false
        var isInUse = false

        /// What the bytes have cost others.
        func cost(at now: NIODeadline) -> Double {
            Double(byteCount) * Double((now - since).nanoseconds)
        }
    }

    /// What the bodies of some size may take together, before somebody must leave and while somebody does.
    private struct Share {
        let byteCount: Int
        let limit: Int
    }

    /// How large a body may be to count as small.
    static var smallByteCount: Int { 64 * 1024 }
    /// Of how many bodies one is remembered as costly.
    private static var countPerRemembered: Int { 16 }

    private let small: Share
    private let large: Share
    private var accounts: [Connection: Account] = [:]
    private var leavingByteCount = 0
    /// Who was costliest when all were looked at last, the costliest last.
    private var costliest: [Connection] = []
    /// The bytes of all bodies.
    private(set) var byteCount = 0

    init(byteCount limit: Int) {
        small = Share(byteCount: limit / 16 * 15, limit: limit)
        large = Share(byteCount: limit / 16 * 12, limit: limit / 16 * 14)
    }

    /// A part of a body has come.
    mutating func take(_ count: Int, by connection: Connection, now: NIODeadline) -> TakeAction {
        var account = accounts[connection] ?? Account()
        guard !account.isLeaving else { return .refuse }
        if account.byteCount == 0 { account.since = now }
        let share = account.byteCount + count <= Self.smallByteCount ? small : large
        guard byteCount + count <= share.limit else { return .refuse }
        var leaver: Connection?
        if byteCount - leavingByteCount + count > share.byteCount {
            leaver = costlier(than: account.cost(at: now), besides: connection, now: now)
            guard let leaver else { return .refuse }
            accounts[leaver]?.isLeaving = true
            leavingByteCount += accounts[leaver]?.byteCount ?? 0
        }
        account.byteCount += count
        account.isArriving = true
        account.isConnected = true
        accounts[connection] = account
        byteCount += count
        return .take(refusing: leaver)
    }

    /// Whether a connection that was asked to refuse its request still should.
    func isLeaving(_ connection: Connection) -> Bool {
        accounts[connection]?.isLeaving == true
    }

    /// The request is complete.
    mutating func arrived(_ connection: Connection) {
        guard var account = accounts[connection] else { return }
        account.isArriving = false
        stay(&account)
        accounts[connection] = account
    }

    /// Some bytes of a connection are no longer needed.
    mutating func give(_ count: Int, by connection: Connection) {
        guard var account = accounts[connection] else { return }
        if account.isLeaving { leavingByteCount -= count }
        account.byteCount -= count
        byteCount -= count
        if account.byteCount == 0 { stay(&account) }
        accounts[connection] = account
        forget(connection)
    }

    /// The connection has closed.
    mutating func closed(_ connection: Connection) {
        accounts[connection]?.isConnected = false
        accounts[connection]?.isArriving = false
        forget(connection)
    }

    /// The application begins to answer a request of the connection.
    mutating func began(_ connection: Connection) {
        accounts[connection, default: Account()].isInUse = true
    }

    /// The application has nothing of the request any more.
    mutating func ended(_ connection: Connection) {
        accounts[connection]?.isInUse = false
        forget(connection)
    }

    /// The costliest of the others that is costlier than somebody.
    ///
    /// Where there are many, those that come next to it are remembered, for looking at all for each part that comes would
    /// cost more than the part.
    private mutating func costlier(than cost: Double, besides own: Connection, now: NIODeadline) -> Connection? {
        while let other = costliest.popLast() {
            if other != own, let otherCost = costOfArriving(other, now: now), otherCost > cost { return other }
        }
        var found: [(connection: Connection, cost: Double)] = []
        for other in accounts.keys where other != own {
            if let otherCost = costOfArriving(other, now: now), otherCost > cost { found.append((other, otherCost)) }
        }
        found.sort { $0.cost < $1.cost }
        let leaver = found.popLast()?.connection
        costliest = found.suffix(accounts.count / Self.countPerRemembered).map(\.connection)
        return leaver
    }

    /// What a body has cost that may be asked to leave.
    private func costOfArriving(_ connection: Connection, now: NIODeadline) -> Double? {
        guard let account = accounts[connection], account.isArriving, !account.isLeaving else { return nil }
        return account.cost(at: now)
    }

    private mutating func stay(_ account: inout Account) {
        guard account.isLeaving else { return }
        account.isLeaving = false
        leavingByteCount -= account.byteCount
    }

    /// Drops an account that nobody needs, with what it still holds.
    private mutating func forget(_ connection: Connection) {
        guard var account = accounts[connection], !account.isInUse else { return }
        guard !account.isConnected || account.byteCount == 0 else { return }
        stay(&account)
        byteCount -= account.byteCount
        accounts[connection] = nil
        if accounts.isEmpty { costliest = [] }
    }
}
