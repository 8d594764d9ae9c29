import Postgres

/// A tenant: its own log, sources, keys and read models.
package struct Workspace: Sendable, Hashable {
    /// The identifier.
    package let id: WorkspaceID
    /// The short name in commands and addresses: lower-case letters, digits and inner hyphens.
    package let slug: String
    /// The name for people.
    package let name: String
    /// When it was made.
    package let createdAt: PostgresTimestamp

    init(_ row: PostgresRow) throws(PostgresError) {
        id = try row["workspace_id"]
        slug = try row["slug"]
        name = try row["name"]
        createdAt = try row["created_at"]
    }
}
