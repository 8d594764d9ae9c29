import Postgres

/// What is kept of an API key: not the key.
package struct APIKey: Sendable, Hashable {
    /// The workspace it opens.
    package let workspace: WorkspaceID
    /// The identifier within the workspace.
    package let id: APIKeyID
    /// The name for people.
    package let name: String
    /// The beginning of the key's text, to recognise it by.
    package let prefix: String
    /// Whether it sees live data, else test data.
    package let livemode: Bool
    /// What it may do.
    package let scope: APIKeyScope
    /// The requests it may make in any minute; nil is as many as it likes.
    package let rateLimit: Int32?
    /// When it was made.
    package let createdAt: PostgresTimestamp
    /// When it was last used, to the minute or so.
    package let lastUsedAt: PostgresTimestamp?
    /// When it was revoked; nil while it counts.
    package let revokedAt: PostgresTimestamp?

    init(_ row: PostgresRow) throws(PostgresError) {
        guard let scope = APIKeyScope(rawValue: try row["scope"]) else {
            throw PostgresError(.decoding, serverMessage: "the scope of a key is not one that this build knows")
        }
        workspace = try row["workspace_id"]
        id = try row["key_id"]
        name = try row["name"]
        prefix = try row["prefix"]
        livemode = try row["livemode"]
        self.scope = scope
        rateLimit = try row["rate_limit"]
        createdAt = try row["created_at"]
        lastUsedAt = try row["last_used_at"]
        revokedAt = try row["revoked_at"]
    }
}
