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

    /// Creates a status.
    package init(isConfigured: Bool, waiting: Int64, waitingSince: PostgresTimestamp?, problem: String?) {
        self.isConfigured = isConfigured
        self.waiting = waiting
        self.waitingSince = waitingSince
        self.problem = problem
    }
}
