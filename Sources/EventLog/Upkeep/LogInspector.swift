import Postgres

/// Looks whether the log can be written to and is whole.
package struct LogInspector: Sendable {
    private let pool: PostgresPool
    private let timeout: Duration

    /// Creates an inspector over a pool.
    ///
    /// - Parameter timeout: How long a look may take.
    package init(pool: PostgresPool, timeout: Duration = .seconds(2)) {
        self.pool = pool
        self.timeout = timeout
    }

    /// Writes as an append does, and takes it back.
    ///
    /// - Throws: What an append would fail with: a read-only server, a full disk, a standby that does not confirm.
    package func tryWriting() async throws(PostgresError) {
        let result = try await pool.query(Queries.tryWriting, deadline: .now + timeout)
        guard result.warnings.isEmpty else {
            throw PostgresError(.other, serverMessage: "the commit was confirmed with a warning")
        }
    }

    /// How many months after the present one have their partition without a gap; -1 when the present one has none.
    package func monthsAhead() async throws(PostgresError) -> Int64 {
        try await pool.query(Queries.countPartitions, deadline: .now + timeout).first?.decode(0, as: Int64.self) ?? -1
    }

    /// The first logs that have lost events; an index probe or three for each log there is.
    package func damagedLogs(limit: Int64 = 100) async throws(PostgresError) -> [DamagedLog] {
        let result = try await pool.query(Queries.listDamagedLogs, [.int8(limit)], deadline: .now + timeout * 5)
        return try result.rows.map(DamagedLog.init)
    }
}
