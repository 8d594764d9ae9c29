import ArgumentParser
import EventLog

/// The option that names a workspace.
struct WorkspaceOptions: ParsableArguments {
    @Option(help: .value("name", "The workspace's short name; not needed while there is only one."))
    var workspace: String?

    /// Finds the workspace.
    ///
    /// - Throws: `EventLogError` when it does not exist, or none is named and there is not exactly one.
    func find(in database: Database) async throws -> WorkspaceID {
        let store = WorkspaceStore(pool: database.pool)
        guard let workspace else { return try await store.only().id }
        return try await store.find(workspace).id
    }
}
