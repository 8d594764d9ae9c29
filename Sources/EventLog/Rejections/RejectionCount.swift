import Postgres

/// How many deliveries of a source were refused for one reason.
package struct RejectionCount: Sendable, Hashable {
    /// The source they came to.
    package let source: SourceID
    /// Why they were refused; `conflicting_body` counts bodies set aside because their id was taken.
    package let reason: String
    /// How many there were.
    package let count: Int64
    /// When the last one came.
    package let lastReceivedAt: PostgresTimestamp

    init(_ row: PostgresRow, _ workspace: WorkspaceID) throws(PostgresError) {
        source = SourceID(workspace: workspace, number: try row["source_id"])
        reason = try row["reason"]
        count = try row["count"]
        lastReceivedAt = try row["last_received_at"]
    }
}
