import Postgres

extension Database {
    /// What is wrong where sessions share their processes, and what works.
    static let sharingProblem =
        "A pooler in transaction mode stands before the database, and Hooklog needs sessions of its own"
    static let sharingRemedy =
        "Connect to PostgreSQL itself, or to the pooler in session mode; Hooklog needs no pooler, it has pools of its own."

    /// Finds out whether sessions share their server processes.
    ///
    /// A pooler that lends processes for a transaction each (PgBouncer in transaction mode) mixes up what sessions have:
    /// prepared statements, the role, time zone and LISTEN. Poolers that lend them for a session each are as good as none.
    func sharesSessions() async throws -> Bool {
        do {
            return try await PostgresConnection.with(configuration, logger: logger) { first in
                // A pooler makes up its own numbers.
                let process = try await Self.process(of: first)
                guard process != first.processID else { return false }
                return try await PostgresConnection.with(configuration, logger: logger) { second in
                    try await second.withTransaction { second in
                        let other = try await Self.process(of: second)
                        guard other != process else { return true }
                        return try await Self.process(of: first) != process
                    }
                }
            }
        } catch let error as PostgresError where error.meansSharedSession {
            return true
        }
    }

    private static func process(of connection: PostgresConnection) async throws -> Int32? {
        try await connection.query(Queries.readProcessID, deadline: .now + .seconds(5)).first?.decode("process_id")
    }
}
