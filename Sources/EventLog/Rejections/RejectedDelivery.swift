import Postgres

/// A sample of the deliveries that were refused; it holds no values that the sender gave.
package struct RejectedDelivery: Sendable, Hashable {
    /// The source it came to.
    package let source: SourceID
    /// When it came.
    package let receivedAt: PostgresTimestamp
    /// Why it was refused, from a fixed set of words.
    package let reason: String
    /// The names of its headers.
    package let headerNames: [String]
    /// The SHA-256 of its body, when it was read.
    package let bodySHA256: [UInt8]?
    /// The size of its body in bytes, as far as it was read.
    package let size: Int64
}

extension RejectedDelivery {
    init(_ row: PostgresRow, _ workspace: WorkspaceID) throws(PostgresError) {
        source = SourceID(workspace: workspace, number: try row["source_id"])
        receivedAt = try row["received_at"]
        reason = try row["reason"]
        headerNames = try row["header_names"]
        bodySHA256 = try row["body_sha256"]
        size = try row["size"]
    }
}
