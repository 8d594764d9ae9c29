import Postgres

/// Makes and finds workspaces.
package struct WorkspaceStore: Sendable {
    private let pool: PostgresPool

    /// Creates a store over a pool.
    package init(pool: PostgresPool) {
        self.pool = pool
    }

    /// Makes a workspace with an empty log.
    ///
    /// Throws `nameTaken` when the slug is in use, `invalidArgument` when it is not 1 to 63 lower-case letters, digits
    /// and inner hyphens or the name is not 1 to 255 characters.
    package func create(slug: String, name: String) async throws(EventLogError) -> Workspace {
        let made = try await pool.rows(Queries.createWorkspace, [.text(slug), .text(name)], read: Workspace.init)
        guard let workspace = made.first else {
            throw EventLogError(PostgresError(.decoding, serverMessage: "there is no row"))
        }
        return workspace
    }

    /// Every workspace, by slug.
    package func list() async throws(EventLogError) -> [Workspace] {
        try await pool.rows(Queries.listWorkspaces, read: Workspace.init)
    }

    /// The workspace of that slug or, when no slug fits, of that number.
    ///
    /// Throws `unknownWorkspace` when there is none.
    package func find(_ slugOrID: String) async throws(EventLogError) -> Workspace {
        let parameters: [PostgresParameter] = [.text(slugOrID), .int8(Int64(slugOrID))]
        let found = try await pool.rows(Queries.findWorkspace, parameters, read: Workspace.init)
        guard let workspace = found.first else { throw EventLogError(.unknownWorkspace) }
        return workspace
    }

    /// The workspace, when there is exactly one; throws `ambiguousWorkspace` otherwise.
    package func only() async throws(EventLogError) -> Workspace {
        let workspaces = try await list()
        guard workspaces.count == 1, let only = workspaces.first else { throw EventLogError(.ambiguousWorkspace) }
        return only
    }
}
