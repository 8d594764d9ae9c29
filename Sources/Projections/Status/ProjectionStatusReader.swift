import EventLog
import Postgres

/// Reads how projections do.
package struct ProjectionStatusReader: Sendable {
    private let pool: PostgresPool

    /// Creates a reader over a pool.
    package init(pool: PostgresPool) {
        self.pool = pool
    }

    /// The status of every projection in a workspace, or in all, in the order of workspace and name.
    package func read(workspace: WorkspaceID? = nil) async throws(ProjectionError) -> [ProjectionStatus] {
        do throws(PostgresError) {
            let result = try await pool.query(Queries.readProjectionStatus, [.int8(workspace?.rawValue)])
            return try result.rows.map(ProjectionStatus.init)
        } catch {
            throw ProjectionError(error, workspace: workspace)
        }
    }
}
