import EventLog
import Postgres

/// An event that a projection did not accept.
///
/// It holds no value of the event.
package struct DeadLetter: Sendable, Hashable {
    /// How a dead letter was settled.
    package enum Resolution: String, Sendable, Hashable {
        /// It was folded after all.
        case retried
        /// It was given up.
        case discarded
    }

    /// Where a dead letter stands.
    package struct Address: Sendable, Hashable {
        /// The workspace.
        package let workspace: WorkspaceID
        /// The projection.
        package let projection: ProjectionName
        /// The position of the event.
        package let position: Position

        /// Creates an address.
        package init(workspace: WorkspaceID, projection: ProjectionName, position: Position) {
            self.workspace = workspace
            self.projection = projection
            self.position = position
        }
    }

    /// Where it stands.
    package let address: Address
    /// Why it was set aside: not_json, not_utf8, too_deep, number_too_large, not_representable, no_object, no_entity_id, refused_by_projection or too_heavy.
    package let reason: String
    /// The SQLSTATE with which the projection refused it.
    package let sqlState: String?
    /// How often it was tried.
    package let attempts: Int
    /// When it was set aside.
    package let firstFailedAt: PostgresTimestamp
    /// When it was tried last.
    package let lastFailedAt: PostgresTimestamp
    /// When it was settled.
    package let resolvedAt: PostgresTimestamp?
    /// How it was settled.
    package let resolution: Resolution?

    init(_ row: PostgresRow) throws(PostgresError) {
        let resolution: String? = try row["resolution"]
        address = Address(
            workspace: try row["workspace_id"],
            projection: try row["projection"],
            position: try row["position"]
        )
        reason = try row["reason"]
        sqlState = try row["sqlstate"]
        attempts = try row["attempts"]
        firstFailedAt = try row["first_failed_at"]
        lastFailedAt = try row["last_failed_at"]
        resolvedAt = try row["resolved_at"]
        self.resolution = resolution.flatMap(Resolution.init(rawValue:))
    }
}
