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
        do throws(PostgresError) {
            let result = try await pool.query(Queries.createWorkspace, [.text(slug), .text(name)])
            guard let row = result.first else { throw PostgresError(.decoding, serverMessage: "there is no row") }
            return try Workspace(row)
        } catch {
            throw EventLogError(error)
        }
    }

    /// Every workspace, by slug.
    package func list() async throws(EventLogError) -> [Workspace] {
        do throws(PostgresError) {
            return try await pool.query(Queries.listWorkspaces).rows.map(Workspace.init)
        } catch {
            throw EventLogError(error)
        }
    }

    /// The workspace of that slug or, when no slug fits, of that number.
    ///
    /// Throws `unknownWorkspace` when there is none.
    package func find(_ slugOrID: String) async throws(EventLogError) -> Workspace {
        do throws(PostgresError) {
            let result = try await pool.query(Queries.findWorkspace, [.text(slugOrID), .int8(Int64(slugOrID))])
            if let row = result.first { return try Workspace(row) }
        } catch {
            throw EventLogError(error)
        }
        throw EventLogError(.unknownWorkspace)
    }

    /// The workspace, when there is exactly one; throws `ambiguousWorkspace` otherwise.
    package func only() async throws(EventLogError) -> Workspace {
        let workspaces = try await list()
        guard workspaces.count == 1, let only = workspaces.first else { throw EventLogError(.ambiguousWorkspace) }
        return only
    }
}
