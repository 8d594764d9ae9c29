import Postgres

@testable import HTTPServer

/// What `hooklog.count_request` does for one key, in a few lines.
struct ModelLedger {
    private struct Entry {
        var last: Int64
        var requests: Int
    }

    let limit: Int
    private var entries: [Entry] = []

    init(limit: Int) {
        self.limit = limit
    }

    mutating func count(unreported: Int, ahead: Int = 0, at now: Int64) -> RequestCount.Window {
        entries.removeAll { $0.last <= now - 60_000_000 }
        let before = entries.reduce(0) { $0 + $1.requests }
        let isAdmitted = before + unreported + ahead < limit
        let added = unreported + (isAdmitted ? 1 : 0)
        if added > 0 {
            if let last = entries.indices.last, entries[last].last / 1_000_000 == now / 1_000_000 {
                entries[last] = Entry(last: now, requests: entries[last].requests + added)
            } else {
                entries.append(Entry(last: now, requests: added))
            }
        }
        return RequestCount.Window(
            limit: limit,
            used: before + added,
            isAdmitted: isAdmitted,
            countedAt: PostgresTimestamp(microsecondsSince1970: now),
            freesAt: PostgresTimestamp(microsecondsSince1970: (entries.first?.last ?? now) + 60_000_000)
        )
    }
}
