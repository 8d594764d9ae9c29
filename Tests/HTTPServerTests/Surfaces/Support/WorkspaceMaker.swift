import EventLog

/// Makes further workspaces.
enum WorkspaceMaker {
    static func make(_ slug: String, _ server: QueryServer) async throws -> Workspace {
        try await WorkspaceStore(pool: server.pool).create(slug: slug, name: slug)
    }
}
