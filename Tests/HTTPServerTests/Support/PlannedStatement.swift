import Postgres
import PostgresTesting
import Schema
import Testing

/// A statement that answers requests, whose plans are looked at.
struct PlannedStatement: Sendable, CustomTestStringConvertible {
    private static let key: [PostgresParameter] = [.int8(1), .int8(1), .bytea([1])]

    private let statement: PostgresStatement
    private let parameters: [PostgresParameter]
    let testDescription: String

    /// - Parameter parameters: What it is given besides the key.
    init(_ statement: PostgresStatement, _ parameters: [PostgresParameter], _ description: String? = nil) {
        self.statement = statement
        self.parameters = Self.key + parameters
        testDescription = description ?? statement.name
    }

    /// A function that is given a key and more.
    init(_ function: String, _ parameters: [PostgresParameter], _ description: String? = nil) {
        self.init(SQLLibrary.call(function, Self.key.count + parameters.count), parameters, description)
    }

    /// Runs `body` on a connection to a directory without objects, with the workspace and the key of all statements.
    static func withDatabase(_ body: @escaping @Sendable (PostgresConnection) async throws -> Void) async throws {
        try await TestDatabase.with(template: try await QueryTemplate.name) { database in
            try await database.withConnection { connection in
                try await connection.script(
                    """
                    INSERT INTO hooklog.workspace (slug, name, created_at) VALUES ('acme', 'Acme', now());
                    INSERT INTO hooklog.log_head SELECT workspace_id, 0, '-infinity' FROM hooklog.workspace;
                    INSERT INTO hooklog.api_key (workspace_id, key_id, name, prefix, key_sha256, livemode, scope, created_at)
                    SELECT workspace_id, 1, 'key', 'pivotal_', '\\x01', true, 'write', now() FROM hooklog.workspace;
                    """
                )
                try await body(connection)
            }
        }
    }

    /// Lets a connection tell the plans of all that it runs from now on.
    static func watch(_ connection: PostgresConnection) async throws {
        try await connection.script(
            """
            LOAD 'auto_explain';
            SET auto_explain.log_min_duration = 0;
            SET auto_explain.log_analyze = on;
            SET auto_explain.log_timing = off;
            SET auto_explain.log_nested_statements = on;
            SET auto_explain.log_level = 'warning';
            """
        )
    }

    @discardableResult
    func run(on connection: PostgresConnection) async throws -> PostgresResult {
        try await connection.query(statement, parameters)
    }

    /// The plans that one run used; it must succeed.
    func plans(on connection: PostgresConnection) async throws -> [String] {
        let result = try await run(on: connection)
        #expect(try result.first?.decode(0, as: String.self) == "ok", "\(testDescription): \(parameters)")
        return result.warnings.map(\.message)
    }

    /// Expects that a run goes by indexes, and reads little that it throws away; returns its plans.
    @discardableResult
    func expectIndexes(on connection: PostgresConnection) async throws -> [String] {
        let plans = try await plans(on: connection)
        for plan in plans {
            #expect(!plan.contains("Seq Scan on"), "\(testDescription): \(plan)")
            #expect(!plan.contains("Bitmap"), "\(testDescription): \(plan)")
            let removed = plan.matches(of: /Rows Removed by (?:Filter|Join Filter|Index Recheck): (\d+)/)
            #expect(removed.allSatisfy { Int($0.1) ?? 0 < 50 }, "\(testDescription): \(plan)")
        }
        return plans
    }
}
