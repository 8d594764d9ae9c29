import Postgres

/// What is done in a workspace now and then, so that it stays fast and small; what was not done counts for nothing else.
package struct WorkspaceUpkeep: Sendable {
    /// The most answers that one statement deletes.
    private static let batchSize: Int32 = 1000
    /// The most statements for one workspace in a round; the next round goes on.
    private static let batchLimit = 20

    private let pool: PostgresPool

    /// Creates an upkeep over a pool.
    package init(pool: PostgresPool) {
        self.pool = pool
    }

    /// Moves the floor of a log that has grown to its last event, so that the search for that stays short; returns false when
    /// it was there already.
    @discardableResult
    package func moveFloor(of workspace: WorkspaceID) async throws(EventLogError) -> Bool {
        try await pool.rows(Queries.moveFloor, [.int8(workspace.rawValue)], workspace: workspace) {
            (row) throws(PostgresError) in try row[0, as: Bool.self]
        }.first ?? false
    }

    /// Deletes the answers that were stored for idempotency keys and no longer count, in short statements and up to a bound;
    /// returns how many it was.
    @discardableResult
    package func pruneStoredAnswers(in workspace: WorkspaceID) async throws(EventLogError) -> Int64 {
        var total: Int64 = 0
        for _ in 0..<Self.batchLimit {
            let parameters: [PostgresParameter] = [.int8(workspace.rawValue), .int4(Self.batchSize)]
            let counts = try await pool.rows(Queries.pruneStoredAnswers, parameters, workspace: workspace) {
                (row) throws(PostgresError) in try row[0, as: Int64.self]
            }
            let deleted = counts.first ?? 0
            total += deleted
            if deleted < Self.batchSize { break }
        }
        return total
    }
}
