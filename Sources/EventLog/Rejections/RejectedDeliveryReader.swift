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
        do throws(PostgresError) {
            let counts = try await pool.query(Queries.countRejections, scope)
            let samples = try await pool.query(
                Queries.listRejections,
                scope + [.int4(Int32(max(0, min(limit, 1000))))]
            )
            return RejectionReport(
                counts: try Self.counts(counts, workspace: workspace),
                samples: try Self.samples(samples, workspace: workspace)
            )
        } catch {
            throw EventLogError(error, workspace: workspace)
        }
    }

    private static func counts(
        _ result: PostgresResult,
        workspace: WorkspaceID
    ) throws(PostgresError) -> [RejectionCount] {
        var counts: [RejectionCount] = []
        for row in result.rows {
            counts.append(
                RejectionCount(
                    source: SourceID(workspace: workspace, number: try row["source_id"]),
                    reason: try row["reason"],
                    count: try row["count"],
                    lastReceivedAt: try row["last_received_at"]
                )
            )
        }
        return counts
    }

    private static func samples(
        _ result: PostgresResult,
        workspace: WorkspaceID
    ) throws(PostgresError) -> [RejectedDelivery] {
        var samples: [RejectedDelivery] = []
        for row in result.rows {
            samples.append(
                RejectedDelivery(
                    source: SourceID(workspace: workspace, number: try row["source_id"]),
                    receivedAt: try row["received_at"],
                    reason: try row["reason"],
                    headerNames: try row["header_names"],
                    bodySHA256: try row["body_sha256"],
                    size: try row["size"]
                )
            )
        }
        return samples
    }
}
