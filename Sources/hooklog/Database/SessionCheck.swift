import Logging
import Postgres

/// Finds out whether a session has a server process to itself.
///
/// A pooler that lends processes for a transaction each (PgBouncer in transaction mode) mixes up what sessions have: prepared
/// statements, the role, time zone and LISTEN. Poolers that lend them for a session each are as good as none.
struct SessionCheck: Sendable {
    /// What is wrong, and what works.
    static let problem =
        "A pooler in transaction mode stands before the database, and Hooklog needs sessions of its own"
    static let remedy =
        "Connect to PostgreSQL itself, or to the pooler in session mode; Hooklog needs no pooler, it has pools of its own."

    let configuration: PostgresConfiguration
    let logger: Logger

    /// Throws `databaseNotReady` when sessions share their processes, or what keeps it from finding out.
    func run() async throws {
        guard try await isShared() else { return }
        throw CommandError(.databaseNotReady, "\(Self.problem). \(Self.remedy)")
    }

    /// Whether sessions share their processes.
    func isShared() async throws -> Bool {
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
