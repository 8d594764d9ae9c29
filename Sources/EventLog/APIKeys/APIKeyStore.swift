import Postgres

/// Makes, lists and revokes API keys, of which only the SHA-256 is kept.
package struct APIKeyStore: Sendable {
    private let pool: PostgresPool

    /// Creates a store over a pool.
    package init(pool: PostgresPool) {
        self.pool = pool
    }

    /// Makes a key; its text cannot be shown again.
    ///
    /// Throws `unknownWorkspace`, `invalidArgument` for a name that is not 1 to 255 characters or a rate limit that
    /// is not 1 to 1 000 000, or `unavailable`.
    package func create(_ draft: APIKeyDraft) async throws(EventLogError) -> IssuedAPIKey {
        guard draft.rateLimit.map({ APIKeyDraft.rateLimits.contains($0) }) ?? true else {
            throw EventLogError(.invalidArgument, detail: "the rate limit must be 1 to 1000000 requests per minute.")
        }
        let text = APIKeyText.generate(workspace: draft.workspace, livemode: draft.livemode)
        guard let parsed = APIKeyText(text) else {
            preconditionFailure("create: the new key's text is not one")
        }
        let parameters: [PostgresParameter] = [
            .int8(draft.workspace.rawValue), .int8(parsed.keyID.rawValue), .text(draft.name), .text(parsed.prefix),
            .bytea(parsed.sha256), .bool(draft.livemode), .text(draft.scope.rawValue), .int4(draft.rateLimit),
        ]
        let keys = try await pool.rows(
            Queries.createAPIKey,
            parameters,
            workspace: draft.workspace,
            read: APIKey.init
        )
        guard let key = keys.first else { throw EventLogError(.unknownWorkspace, workspace: draft.workspace) }
        return IssuedAPIKey(key: key, text: text)
    }

    /// The keys of a workspace in the order in which they were made, revoked ones included.
    package func list(in workspace: WorkspaceID) async throws(EventLogError) -> [APIKey] {
        try await pool.rows(Queries.listAPIKeys, [.int8(workspace.rawValue)], workspace: workspace, read: APIKey.init)
    }

    /// Revokes a key for good; revoking it again keeps the first time.
    ///
    /// Throws `unknownAPIKey` when there is none.
    package func revoke(_ id: APIKeyID, in workspace: WorkspaceID) async throws(EventLogError) -> APIKey {
        let parameters: [PostgresParameter] = [.int8(workspace.rawValue), .int8(id.rawValue)]
        let keys = try await pool.rows(Queries.revokeAPIKey, parameters, workspace: workspace, read: APIKey.init)
        guard let key = keys.first else { throw EventLogError(.unknownAPIKey, workspace: workspace) }
        return key
    }
}
