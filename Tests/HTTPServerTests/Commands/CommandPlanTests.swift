import Foundation
import Postgres
import PostgresTesting
import Schema
import Testing

/// The plans of the commands: by index, also in sessions that planned them on empty tables.
@Suite(.timeLimit(.minutes(10)))
struct CommandPlanTests {
    struct Command: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let parameters: [PostgresParameter]

        init(
            _ verb: String,
            _ kind: String,
            _ id: String?,
            parent: String? = nil,
            _ attributes: String = "{}",
            n: Int64
        ) {
            testDescription = "\(verb) \(kind)"
            let key: [PostgresParameter] = [.int8(1), .int8(1), .bytea([1])]
            let isNew = verb == "create"
            let repetition: [PostgresParameter] = [.text(isNew ? "key \(n)" : nil), .bytea(isNew ? [2] : nil)]
            parameters =
                key + repetition + [.text(nil), .bool(false), .text("\(verb) \(kind)"), .text("pivotal"), .text(kind)]
                + [.text(verb), .text(id), .text(parent.map { _ in "customer" }), .text(parent)]
                + [.jsonb(attributes), .json(#"{"id":null}"#), .int4(200)]
        }
    }

    /// Each command on the rows number `n`, which is in the names that must be unique.
    private static func commands(_ n: Int64) -> [Command] {
        let contact = #"{"name":"N","email":"new_\#(n)@x.io","is_primary":true}"#
        return [
            Command("create", "customer", nil, #"{"name":"New \#(n)"}"#, n: n),
            Command("create", "contact", nil, parent: "id_1", contact, n: n),
            Command("create", "onboarding", nil, #"{"customer_id":"id_1"}"#, n: n),
            Command("update", "customer", "id_1", #"{"slug":"slug-\#(n)-new"}"#, n: n),
            Command("update", "contact", "\(n)", #"{"email":"mail_\#(n)@new.io","is_primary":true}"#, n: n),
            Command("update", "onboarding", "\(n)", #"{"phase":"launch"}"#, n: n),
            Command("delete", "contact", "\(n)", n: n),
            Command("delete", "onboarding", "\(n)", n: n),
            Command("delete", "customer", "\(n + 10)", n: n),
        ]
    }

    private static func fill(_ kind: String, _ columns: String, _ values: String) -> String {
        """
        INSERT INTO hooklog.\(kind) (
            workspace_id, livemode, system, entity_type, entity_id, document, created_at, updated_at, first_position,
            position, display_id, \(columns)
        )
        SELECT w.workspace_id, true, 'pivotal', '\(kind)', 'id_' || n,
            json_build_object('id', 'id_' || n, 'display_id', n), at, at, n, n, n, \(values)
        FROM generate_series(1, 50000) AS n
        CROSS JOIN hooklog.workspace AS w
        CROSS JOIN LATERAL (SELECT timestamptz '2026-01-01' + n * interval '1 ms') AS t (at)
        ON CONFLICT DO NOTHING;
        """
    }

    private static let fills = [
        fill("customer", "slug, status", "'slug_' || n, 'active'"),
        fill("contact", "customer_id, email, is_primary", "'id_' || n % 5000, 'mail_' || n || '@x.io', n % 7 = 0"),
        fill("onboarding", "customer_id, waiting_on_customer", "'id_' || n % 5000, false"),
        """
        INSERT INTO hooklog.stored_answer
        SELECT workspace_id, true, 'POST /customers', n, '', 201, '{}', 1, now() FROM generate_series(1, 50000) AS n,
            hooklog.workspace;
        """,
    ]

    private static let start = """
        INSERT INTO hooklog.workspace (slug, name, created_at) VALUES ('acme', 'Acme', now());
        INSERT INTO hooklog.log_head SELECT workspace_id, 0, '-infinity' FROM hooklog.workspace;
        INSERT INTO hooklog.api_key (workspace_id, key_id, name, prefix, key_sha256, livemode, scope, created_at)
        SELECT workspace_id, 1, 'key', 'pivotal_', '\\x01', true, 'write', now() FROM hooklog.workspace;
        """

    private static let explain = """
        LOAD 'auto_explain';
        SET auto_explain.log_min_duration = 0;
        SET auto_explain.log_analyze = on;
        SET auto_explain.log_timing = off;
        SET auto_explain.log_nested_statements = on;
        SET auto_explain.log_level = 'warning';
        """

    @Test func plansMadeOnEmptyTablesStayGood() async throws {
        try await TestDatabase.with(template: try await QueryTemplate.name) { database in
            try await database.withConnection { connection in
                try await connection.script(Self.start)
                for number in Int64(-20)..<0 {
                    for command in Self.commands(number) { _ = try await Self.run(command, on: connection) }
                }
                // One at a time, each with a deadline of its own: a busy machine takes long for all of them.
                for fill in Self.fills { try await connection.script(fill) }
                try await connection.script(Self.explain)
                for command in Self.commands(20) { try await Self.expectGood(command, on: connection) }
            }
        }
    }

    private static func run(_ command: Command, on connection: PostgresConnection) async throws -> PostgresResult {
        try await connection.query(SQLLibrary.call("command_write_object", 17), command.parameters)
    }

    private static func expectGood(_ command: Command, on connection: PostgresConnection) async throws {
        let result = try await run(command, on: connection)
        #expect(try result.first?.decode(0, as: String.self) == "ok", "\(command)")
        let plans = result.warnings.map(\.message)
        #expect(plans.contains { $0.contains("event") }, "\(command) wrote nothing")
        for plan in plans {
            #expect(!plan.contains("Seq Scan on"), "\(command): \(plan)")
            #expect(!plan.contains("Bitmap"), "\(command): \(plan)")
            let removed = plan.matches(of: /Rows Removed by (?:Filter|Join Filter|Index Recheck): (\d+)/)
            #expect(removed.allSatisfy { Int($0.1) ?? 0 < 50 }, "\(command): \(plan)")
        }
    }
}
