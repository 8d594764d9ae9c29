import Postgres

/// How fetching fares for a source with thin events.
package struct SourceFetchStatus: Sendable, Hashable {
    /// Whether it has a token to fetch with.
    package let isConfigured: Bool
    /// How many objects wait to be fetched.
    package let waiting: Int64
    /// Since when the oldest of them waits.
    package let waitingSince: PostgresTimestamp?
    /// Why the last attempts failed.
    package let problem: String?

    init(_ row: PostgresRow) throws(PostgresError) {
        isConfigured = try row["has_token"]
        waiting = try row["waiting"]
        waitingSince = try row["asked_at"]
        problem = try row["problem"]
    }
}
