import Postgres
import Testing

/// The plans of the commands: by index, also in sessions that planned them on empty tables.
@Suite(.timeLimit(.minutes(10)))
struct CommandPlanTests {
    private static func command(
        _ verb: String,
        _ kind: String,
        _ id: String?,
        parent: String? = nil,
        _ attributes: String = "{}",
        n: Int64
    ) -> PlannedStatement {
        let isNew = verb == "create"
        let repetition: [PostgresParameter] = [.text(isNew ? "key \(n)" : nil), .bytea(isNew ? [2] : nil)]
        let parameters =
            repetition + [.text(nil), .bool(false), .text("\(verb) \(kind)"), .text("pivotal"), .text(kind)]
            + [.text(verb), .text(id), .text(parent.map { _ in "customer" }), .text(parent)]
            + [.jsonb(attributes), .json(#"{"id":null}"#), .int4(200)]
        return PlannedStatement("command_write_object", parameters, "\(verb) \(kind)")
    }

    /// Each command on the rows number `n`, which is in the names that must be unique.
    private static func commands(_ n: Int64) -> [PlannedStatement] {
        let contact = #"{"name":"N","email":"new_\#(n)@x.io","is_primary":true}"#
        return [
            command("create", "customer", nil, #"{"name":"New \#(n)"}"#, n: n),
            command("create", "contact", nil, parent: "id_1", contact, n: n),
            command("create", "onboarding", nil, #"{"customer_id":"id_1"}"#, n: n),
            command("update", "customer", "id_1", #"{"slug":"slug-\#(n)-new"}"#, n: n),
            command("update", "contact", "\(n)", #"{"email":"mail_\#(n)@new.io","is_primary":true}"#, n: n),
            command("update", "onboarding", "\(n)", #"{"phase":"launch"}"#, n: n),
            command("delete", "contact", "\(n)", n: n),
            command("delete", "onboarding", "\(n)", n: n),
            command("delete", "customer", "\(n + 10)", n: n),
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

    @Test func plansMadeOnEmptyTablesStayGood() async throws {
        try await PlannedStatement.withDatabase { connection in
            for number in Int64(-20)..<0 {
                for command in Self.commands(number) { try await command.run(on: connection) }
            }
            // One at a time, each with a deadline of its own: a busy machine takes long for all of them.
            for fill in Self.fills { try await connection.script(fill) }
            try await PlannedStatement.watch(connection)
            for command in Self.commands(20) {
                let plans = try await command.expectIndexes(on: connection)
                #expect(plans.contains { $0.contains("event") }, "\(command) wrote nothing")
            }
        }
    }
}
