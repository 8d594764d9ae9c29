import Postgres

/// What the database said when a request was to be counted.
enum RequestCount: Hashable, Sendable {
    /// The key does not exist, or no longer.
    case invalidKey
    /// The key has no limit.
    case unlimited
    /// The key has a limit.
    case limited(Window)
    /// The key has a limit, and the database is a standby, which cannot count.
    case uncounted(limit: Int, at: PostgresTimestamp)

    /// A limited key's requests of the last minute, in all processes.
    struct Window: Hashable, Sendable {
        /// The requests allowed.
        let limit: Int
        /// The requests counted; this one is among them if it was admitted.
        let used: Int
        /// Whether this request was admitted.
        let isAdmitted: Bool
        /// When it was counted, by the database's clock.
        let countedAt: PostgresTimestamp
        /// When the oldest of them no longer counts.
        let freesAt: PostgresTimestamp
    }

    /// Reads the one row of `count_request`; throws `decoding` when it is not as that promises.
    init(_ result: PostgresResult) throws(PostgresError) {
        let (outcome, row) = try result.outcome()
        guard outcome == .ok else {
            self = .invalidKey
            return
        }
        guard let limit: Int32 = try row["key_limit"] else {
            self = .unlimited
            return
        }
        guard let isAdmitted: Bool = try row["admitted"] else {
            self = .uncounted(limit: Int(limit), at: try row["counted_at"])
            return
        }
        let used: Int32 = try row["used"]
        self = .limited(
            Window(
                limit: Int(limit),
                used: Int(used),
                isAdmitted: isAdmitted,
                countedAt: try row["counted_at"],
                freesAt: try row["frees_at"]
            )
        )
    }
}

extension RequestCount.Window {
    /// The whole seconds until there is room again: 1 to 60.
    var secondsToWait: Int64 {
        let wait = freesAt.microsecondsSince1970 - countedAt.microsecondsSince1970
        return min(max((wait + 999_999) / 1_000_000, 1), 60)
    }
}
