import EventLog

extension WorkspaceStore {
    /// Finds the workspace that is named; `nil` where none is.
    func findIfNamed(_ name: String?) async throws(EventLogError) -> Workspace? {
        guard let name else { return nil }
        return try await find(name)
    }

    /// The short names of all workspaces.
    func slugs() async throws(EventLogError) -> [WorkspaceID: String] {
        Dictionary(uniqueKeysWithValues: try await list().map { ($0.id, $0.slug) })
    }
}
