import PostgresTesting
import Testing

@testable import Postgres

/// A function that is replaced while a statement that has begun is about to call it.
@Suite(.database, .timeLimit(.minutes(10)))
struct ReplacedFunctionTests {
    private static let statement = PostgresStatement(name: "call", sql: "SELECT replaced.wait(), replaced.answer()")

    /// `wait()` returns when the lock is free, and has heard of what was replaced meanwhile.
    private static let setUp = """
        CREATE SCHEMA replaced;
        CREATE TABLE replaced.seen (number int);
        CREATE TABLE replaced.other (number int);
        CREATE FUNCTION replaced.wait() RETURNS int LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO replaced.seen VALUES (1);
            PERFORM pg_advisory_xact_lock_shared(7);
            PERFORM FROM replaced.other;
            RETURN 0;
        END $$;
        \(function("1"))
        """

    private static func function(_ body: String) -> String {
        """
        DROP FUNCTION IF EXISTS replaced.answer();
        CREATE FUNCTION replaced.answer() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN \(body); END';
        """
    }

    /// Replaces the function while `call` waits in its statement.
    private func replacing(
        with script: String,
        _ call: @escaping @Sendable () async throws -> PostgresResult
    ) async throws -> PostgresResult {
        try await TestDatabase.withConnection { other in
            try await other.script("BEGIN; SELECT pg_advisory_xact_lock(7)")
            return try await withThrowingTaskGroup(of: PostgresResult.self) { group in
                group.addTask { try await call() }
                let waiting = "SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
                while try await other.query(PostgresStatement(name: "waiting", sql: waiting)).rowCount == 0 {}
                try await other.script(script + "; COMMIT")
                return try #require(try await group.next())
            }
        }
    }

    @Test func theStatementRunsOnceMore() async throws {
        try await withConnection { connection in
            let result = try await replacing(with: Self.function("2")) { try await connection.query(Self.statement) }
            #expect(try result.first?[1, as: Int.self] == 2)
            let seen = try await connection.query(PostgresStatement(name: "seen", sql: "SELECT FROM replaced.seen"))
            #expect(seen.rowCount == 1)
        }
    }

    @Test func aPipelinesCallRunsOnceMore() async throws {
        try await withConnection { connection in
            let result = try await replacing(with: Self.function("2")) {
                try await connection.pipeline([PostgresCall(Self.statement)])[0].get()
            }
            #expect(try result.first?[1, as: Int.self] == 2)
        }
    }

    @Test func whatIsGoneForGoodFails() async throws {
        try await withConnection { connection in
            let error = await #expect(throws: PostgresError.self) {
                try await replacing(with: "DROP FUNCTION replaced.answer()") {
                    try await connection.query(Self.statement)
                }
            }
            #expect(error?.code == .undefinedObject)
        }
    }

    private func withConnection(_ body: (PostgresConnection) async throws -> Void) async throws {
        try await TestDatabase.withConnection { connection in
            try await connection.script(Self.setUp)
            try await body(connection)
        }
    }
}
