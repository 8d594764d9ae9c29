import EventLog
import Postgres
import PostgresTesting
import Testing

/// The code that `body` throws; nil when it throws nothing.
func code(_ body: () async throws -> some Any) async -> EventLogError.Code? {
    do {
        _ = try await body()
        return nil
    } catch let error as EventLogError {
        return error.code
    } catch {
        Issue.record(error)
        return nil
    }
}

/// Runs `body` while appends to a workspace wait for its head; lets them go when `condition` holds.
func withLockedHead<Value: Sendable>(
    of workspace: WorkspaceID,
    on log: LogDatabase,
    until condition: @escaping @Sendable () -> Bool,
    _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await log.database.withConnection { connection in
        try await connection.script("BEGIN; SELECT FROM hooklog.log_head WHERE workspace_id = \(workspace) FOR UPDATE")
        async let value = body()
        try await until { condition() }
        try await connection.script("COMMIT")
        return try await value
    }
}

/// Runs `body` while appends to a workspace wait for its head, and lets them go afterwards.
nonisolated(nonsending) func whileHeadIsLocked<Value>(
    of workspace: WorkspaceID,
    on log: LogDatabase,
    _ body: () async throws -> Value
) async throws -> Value {
    try await log.database.withConnection { connection in
        try await connection.script("BEGIN; SELECT FROM hooklog.log_head WHERE workspace_id = \(workspace) FOR UPDATE")
        let value = try await body()
        try await connection.script("COMMIT")
        return value
    }
}
