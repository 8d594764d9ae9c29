import Postgres

/// The last committed position of a workspace's log.
package struct LogHead: Sendable, Hashable {
    /// The position, which equals the number of events; 0 for an empty log.
    package let position: Position
    /// When the event there was received; nil for an empty log.
    package let receivedAt: PostgresTimestamp?

    init(_ row: PostgresRow) throws(PostgresError) {
        position = try row["position"]
        receivedAt = try row["received_at"]
    }
}
