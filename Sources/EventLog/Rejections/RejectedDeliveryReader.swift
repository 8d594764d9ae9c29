import Postgres

/// Reads what was refused.
package struct RejectedDeliveryReader: Sendable {
    private let pool: PostgresPool

    /// Creates a reader over a pool.
    package init(pool: PostgresPool) {
        self.pool = pool
    }

    /// The counts and the latest samples of a workspace, or of one of its sources; at most 1 000 samples.
    package func list(
        in workspace: WorkspaceID,
        source: SourceID? = nil,
        limit: Int = 100
    ) async throws(EventLogError) -> RejectionReport {
        let scope: [PostgresParameter] = [.int8(workspace.rawValue), .int8(source?.number)]
        let bounded = PostgresParameter.int4(Int32(max(0, min(limit, 1000))))
        return RejectionReport(
            counts: try await pool.rows(Queries.countRejections, scope, workspace: workspace) {
                (row) throws(PostgresError) in try RejectionCount(row, workspace)
            },
            samples: try await pool.rows(Queries.listRejections, scope + [bounded], workspace: workspace) {
                (row) throws(PostgresError) in try RejectedDelivery(row, workspace)
            }
        )
    }
}
