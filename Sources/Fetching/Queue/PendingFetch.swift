import EventLog
import Postgres

/// What there is to do for a source with thin events.
struct PendingFetch: Sendable, Hashable {
    let source: SourceID
    /// Whether the log holds events that have not been read for thin ones.
    let isUnread: Bool
    /// After how long the first of its objects may be fetched; nil when none waits or none can be fetched.
    let dueIn: Duration?

    init(_ row: PostgresRow) throws(PostgresError) {
        source = SourceID(workspace: try row["workspace_id"], number: try row["source_id"])
        isUnread = try row["is_unread"]
        let seconds: Double? = try row["due_in"]
        dueIn = seconds.map { .milliseconds(Int64(max(0, $0) * 1000)) }
    }
}
