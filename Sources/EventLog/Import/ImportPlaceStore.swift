import Postgres

/// Keeps how far imports came, so that one that was interrupted goes on from there.
///
/// A state counts for a day. It is kept after the events before it were committed, so going on from it loses nothing.
package struct ImportPlaceStore: Sendable {
    private let pool: PostgresPool
    private let source: SourceID

    /// Creates a store for the imports of one source.
    package init(pool: PostgresPool, source: SourceID) {
        self.pool = pool
        self.source = source
    }

    /// The state of an unfinished import from `origin`, as JSON; nil when there is none.
    package func state(of origin: String) async throws(EventLogError) -> [UInt8]? {
        try await pool.rows(Queries.readImportPlace, key(origin), source: source) {
            (row) throws(PostgresError) in try row["state", as: [UInt8].self]
        }.first
    }

    /// Records the state, as JSON, of an import from `origin`.
    package func keep(_ state: [UInt8], of origin: String) async throws(EventLogError) {
        try await write(.jsonb(state), of: origin)
    }

    /// Forgets the state of an import that is finished or is to begin anew.
    package func forget(_ origin: String) async throws(EventLogError) {
        try await write(.jsonb(nil as String?), of: origin)
    }

    private func write(_ state: PostgresParameter, of origin: String) async throws(EventLogError) {
        _ = try await pool.rows(Queries.keepImportPlace, key(origin) + [state], source: source) { _ in }
    }

    private func key(_ origin: String) -> [PostgresParameter] {
        [.int8(source.workspace.rawValue), .int8(source.number), .text(origin)]
    }
}
