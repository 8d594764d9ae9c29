import Postgres

/// A limited key's requests of the last minute in this process alone, for a database that cannot count them.
///
/// It counts as `hooklog.count_request` does: the requests of a second share an entry that is as old as its last one.
struct ProcessWindow: Hashable, Sendable {
    private struct Entry: Hashable {
        let begin: Int64
        var end: Int64
        var count: Int
    }

    private static let second: Int64 = 1_000_000
    private static let minute = 60 * second

    private var entries: [Entry] = []
    /// When the newest request was counted.
    private(set) var heardAt: ContinuousClock.Instant

    /// Creates an empty one.
    init(at now: ContinuousClock.Instant) {
        heardAt = now
    }

    /// Counts a request unless it is one too many.
    mutating func request(
        limit: Int,
        at time: PostgresTimestamp,
        now: ContinuousClock.Instant
    ) -> RequestCount.Window {
        heardAt = now
        let at = time.microsecondsSince1970
        entries.removeAll { $0.end <= at - Self.minute || $0.end > at + Self.minute }
        var used = entries.reduce(0) { $0 + $1.count }
        let isAdmitted = used < limit
        if isAdmitted {
            used += 1
            add(at)
        }
        return RequestCount.Window(
            limit: limit,
            used: used,
            isAdmitted: isAdmitted,
            countedAt: time,
            freesAt: PostgresTimestamp(microsecondsSince1970: (entries.first?.end ?? at) + Self.minute)
        )
    }

    private mutating func add(_ at: Int64) {
        guard let last = entries.last, at - last.begin < Self.second else {
            entries.append(Entry(begin: at, end: at, count: 1))
            return
        }
        entries[entries.count - 1].end = max(last.end, at)
        entries[entries.count - 1].count += 1
    }
}
