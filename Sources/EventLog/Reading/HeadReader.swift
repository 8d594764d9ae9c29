import Postgres

/// Reads how far a workspace's log goes.
package struct HeadReader: Sendable {
    private let pool: PostgresPool

    /// Creates a reader over a pool.
    package init(pool: PostgresPool) {
        self.pool = pool
    }

    /// The head of a workspace's log; throws `unknownWorkspace` or `unavailable`.
    package func head(of workspace: WorkspaceID) async throws(EventLogError) -> LogHead {
        do throws(PostgresError) {
            let result = try await pool.query(Queries.readHead, [.int8(workspace.rawValue)])
            if let row = result.first {
                return LogHead(position: try row["position"], receivedAt: try row["received_at"])
            }
        } catch {
            throw EventLogError(error, workspace: workspace)
        }
        throw EventLogError(.unknownWorkspace, workspace: workspace)
    }
}
