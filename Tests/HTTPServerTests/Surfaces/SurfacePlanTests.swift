import Postgres
import Testing

/// The plans of the surfaces' statements: by index, however much there is of other objects.
@Suite(.timeLimit(.minutes(10)))
struct SurfacePlanTests {
    private static let template = PostgresParameter.json(
        #"{"id":null,"name":null,"email":null,"tags":[],"internal_contact":{"id":null,"email":null}}"#
    )
    private static let nothing = PostgresParameter.text(nil)

    private static func read(_ system: String, _ type: String) -> PlannedStatement {
        let rest: [PostgresParameter] = [
            .text("acme"), .bool(false), .text(system), .text(type), .text("\(system)_7"), nothing, nothing, template,
            nothing,
        ]
        return PlannedStatement("read_object", rest)
    }

    private static func list(
        _ system: String,
        _ type: String,
        _ place: String,
        filters: String? = nil,
        parent: [PostgresParameter] = [nothing, nothing]
    ) -> PlannedStatement {
        let name: [PostgresParameter] = [.text("acme"), .bool(false), .text(system), .text(type)]
        let rest: [PostgresParameter] = [.jsonb(filters), .jsonb(place), template, nothing]
        return PlannedStatement("list_objects", name + parent + rest)
    }

    private static func write(_ system: String, _ type: String, _ verb: String, _ attributes: String)
        -> PlannedStatement
    {
        let rest: [PostgresParameter] = [
            nothing, .bytea(nil), .text("acme"), .bool(false), .text("POST /x"), .text(system), .text(type),
            .text(verb), .text(verb == "create" ? nil : "\(system)_7"), nothing, nothing, .jsonb(attributes),
            template, .int4(200),
        ]
        return PlannedStatement("command_write_object", rest)
    }

    /// Each with an index to go by; the filters by what has none are not among them.
    private static func statements(_ run: Int) -> [PlannedStatement] {
        [
            read("ruddr", "contact"),
            list("ruddr", "contact", #"{"limit":20,"descending":true}"#),
            list("ruddr", "contact", #"{"limit":20,"descending":true,"after":"ruddr_25000"}"#),
            list("ruddr", "contact", #"{"limit":20,"descending":true,"before":"ruddr_25000"}"#),
            list(
                "piriod",
                "contact",
                #"{"limit":20,"offset":0,"descending":true,"page":1,"page_url":""}"#,
                filters: #"{"indexed":{"customer_id":"c_7"}}"#
            ),
            list(
                "piriod",
                "contact",
                #"{"limit":20,"offset":0,"descending":true}"#,
                filters: #"{"indexed":{"email":"7@x.io"}}"#
            ),
            list(
                "piriod",
                "contact",
                #"{"limit":2,"offset":0,"descending":true}"#,
                filters: #"{"indexed":{"org_unit_id":"u_8"}}"#
            ),
            list(
                "stuut",
                "partner_contact",
                #"{"limit":20,"offset":0,"descending":false}"#,
                filters: #"{"indexed":{"customer_id":"c_7"}}"#,
                parent: [.text("partner"), .text("c_7")]
            ),
            write("ruddr", "contact", "create", #"{"name":"N","email":"new_\#(run)@x.io"}"#),
            write("ruddr", "contact", "update", #"{"name":"N","email":"newer_\#(run)@x.io"}"#),
            write("piriod", "contact", "create", #"{"name":"N","email":"new_\#(run)@x.io","customer":"c_4"}"#),
            write(
                "stuut",
                "internal_contact_assignment",
                "create",
                #"{"email":"new_\#(run)@x.io","internal_role":"csm"}"#
            ),
            write(
                "stuut",
                "internal_contact_assignment",
                "create",
                #"{"email":"8@x.io","internal_role":"csm"}"#
            ),
            write("stuut", "internal_contact", "update", #"{"email":"newer_\#(run)@x.io"}"#),
            write("stuut", "internal_contact", "delete", "{}"),
            write("piriod", "orgunit", "create", #"{"name":"N","customer":"c_9"}"#),
            write("ruddr", "contact", "update", #"{"tags":[{"id":"t_7"},{"id":"t_8"}]}"#),
            list(
                "stuut",
                "internal_contact_assignment",
                #"{"limit":20,"offset":0,"descending":false}"#,
                filters: #"{"indexed":{"partner_id":"c_7"}}"#,
                parent: [.text("partner"), .text("c_7")]
            ),
        ]
    }

    private static let fill = """
        INSERT INTO hooklog.contact (
            workspace_id, livemode, system, entity_type, entity_id, document, created_at, updated_at, first_position,
            position, customer_id, email, org_unit_id
        )
        SELECT 1, true, s, CASE s WHEN 'stuut' THEN 'partner_contact' ELSE 'contact' END, s || '_' || n,
            json_build_object('name', 'N ' || n, 'tags', json_build_array(json_build_object('id', 't_' || n % 5000))),
            at, at, n, n, 'c_' || n % 5000, n || '@x.io',
            CASE n % 5000 WHEN 8 THEN 'u_8' WHEN 4 THEN 'u_' || n END
        FROM generate_series(1, 30000) AS n
        CROSS JOIN unnest(ARRAY['ruddr', 'stuut', 'piriod', 'pivotal']) AS s
        CROSS JOIN LATERAL (SELECT timestamptz '2026-01-01' + n * interval '1 ms') AS t (at);
        INSERT INTO hooklog.customer (
            workspace_id, livemode, system, entity_type, entity_id, document, created_at, updated_at, first_position,
            position
        )
        SELECT 1, true, k.system, k.entity_type, 'c_' || n, '{}', now(), now(), n, n
        FROM generate_series(0, 5000) AS n
        CROSS JOIN (VALUES ('stuut', 'partner'), ('piriod', 'customer')) AS k (system, entity_type);
        INSERT INTO hooklog.internal_contact (
            workspace_id, livemode, system, entity_type, entity_id, document, created_at, updated_at, first_position,
            position, email
        )
        SELECT 1, true, 'stuut', 'internal_contact', 'stuut_' || n, '{}', now(), now(), n, n, n || '@x.io'
        FROM generate_series(0, 5000) AS n;
        INSERT INTO hooklog.internal_contact_assignment (
            workspace_id, livemode, system, entity_type, entity_id, document, created_at, updated_at, first_position,
            position, internal_contact_id, partner_id, internal_role
        )
        SELECT 1, true, 'stuut', 'internal_contact_assignment', 'ica_' || n,
            json_build_object('internal_contact', json_build_object('id', 'stuut_' || n % 5000)), now(), now(), n, n,
            'stuut_' || n % 5000, 'c_' || n % 5000, 'lead'
        FROM generate_series(1, 30000) AS n;
        INSERT INTO hooklog.contact_tag (
            workspace_id, livemode, system, entity_type, entity_id, document, created_at, updated_at, first_position,
            position
        )
        SELECT 1, true, 'ruddr', 'contact_tag', 't_' || n, '{"name":"T"}', now(), now(), n, n
        FROM generate_series(0, 5000) AS n;
        INSERT INTO hooklog.org_unit (
            workspace_id, livemode, system, entity_type, entity_id, document, created_at, updated_at, first_position,
            position, customer_id
        )
        SELECT 1, true, 'piriod', 'orgunit', 'u_' || n, '{}', now(), now(), n, n, 'c_' || n % 5000
        FROM generate_series(1, 30000) AS n;
        """

    @Test func plansAreByIndex() async throws {
        try await PlannedStatement.withDatabase { connection in
            for statement in Self.statements(1) { try await statement.run(on: connection) }
            try await connection.script(Self.fill)
            try await PlannedStatement.watch(connection)
            for statement in Self.statements(2) { try await statement.expectIndexes(on: connection) }
        }
    }
}
