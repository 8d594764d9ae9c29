import Postgres

extension PostgresPool {
    /// What the rows say that a statement returns; a failure of the database is told as one of the event log.
    func rows<Row>(
        _ statement: PostgresStatement,
        _ parameters: [PostgresParameter] = [],
        workspace: WorkspaceID? = nil,
        source: SourceID? = nil,
        read: (PostgresRow) throws(PostgresError) -> Row
    ) async throws(EventLogError) -> [Row] {
        do throws(PostgresError) {
            return try await query(statement, parameters).rows.map(read)
        } catch {
            throw EventLogError(error, workspace: workspace, source: source)
        }
    }
}
