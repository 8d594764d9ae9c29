import Postgres

/// The last committed position of a workspace's log.
package struct LogHead: Sendable, Hashable {
    /// The position, which equals the number of events; 0 for an empty log.
    package let position: Position
    /// When the event there was received; nil for an empty log.
    package let receivedAt: PostgresTimestamp?

    /// Creates a head.
    package init(position: Position, receivedAt: PostgresTimestamp?) {
        self.position = position
        self.receivedAt = receivedAt
    }
}
