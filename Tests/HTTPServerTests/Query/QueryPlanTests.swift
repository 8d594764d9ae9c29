import Postgres
import Schema
import Testing

/// The plans of the hot reads: by their index, whatever the tables held when a session planned them.
@Suite(.timeLimit(.minutes(10)))
struct QueryPlanTests {
    struct HotRead: Sendable, CustomTestStringConvertible {
        let name: String
        let parameters: [PostgresParameter]
        /// The part of an index's name that tells which one it is.
        let index: String

        var testDescription: String { "\(name) by \(index)" }
        var statement: PlannedStatement {
            PlannedStatement(SQLLibrary.answer(name, parameters.count), parameters, testDescription)
        }
    }

    private static let page: [PostgresParameter] = [
        .int4(25), .timestamptz(PostgresTimestamp(microsecondsSince1970: 1_767_225_625_000_000)), .int8(7),
    ]
    private static let nothing = PostgresParameter.text(nil)

    private static func directory(email: String? = nil) -> [PostgresParameter] {
        let since = PostgresTimestamp(microsecondsSince1970: 1_767_225_602_000_000)
        let place: [PostgresParameter] = email == nil ? Array(page.dropFirst()) : [.timestamptz(nil), .int8(nil)]
        return [nothing, .int4(25)] + place
            + [.timestamptz(email == nil ? since : nil), .text(email), nothing, .bool(false)]
            + [.int4(1_000), .int8(1 << 20)]
    }

    private static func people(email: String? = nil) -> [PostgresParameter] {
        let place = PostgresParameter.text(email == nil ? "5" : nil)
        return [nothing, .int4(25), place, .text(email), nothing, .int4(10_000), .int4(100), .int8(1 << 20)]
    }

    static let reads =
        ["customer", "contact", "onboarding"].flatMap { kind in
            [
                HotRead(name: "read_\(kind)", parameters: [.int8(7), nothing], index: "display_id"),
                HotRead(name: "read_\(kind)", parameters: [.int8(nil), .text("id_7")], index: "pkey"),
            ]
        } + [
            HotRead(name: "list_customers", parameters: page + [nothing, nothing], index: "created_at"),
            HotRead(name: "list_customers", parameters: page + [nothing, .text("slug_7")], index: "slug"),
            HotRead(
                name: "list_onboardings",
                parameters: page + [.int8(nil), nothing, .bool(true), nothing, nothing],
                index: "created_at"
            ),
            HotRead(
                name: "list_customer_contacts",
                parameters: page + [.int8(7), nothing],
                index: "customer_id"
            ),
            HotRead(
                name: "list_onboardings",
                parameters: page + [.int8(nil), .text("id_7"), .bool(true), nothing, nothing],
                index: "customer_id"
            ),
            HotRead(
                name: "list_customer_contacts",
                parameters: page + [.int8(nil), .text("id_7")],
                index: "customer_id"
            ),
            HotRead(
                name: "list_onboardings",
                parameters: page + [.int8(7), nothing, .bool(false), nothing, nothing],
                index: "customer_id"
            ),
        ]
        + ["contact", "customer", "internal_contact"].flatMap { kind in
            let name = "list_directory_\(kind)s"
            return [
                HotRead(name: "\(name)_ascending", parameters: directory(), index: "updated_at"),
                HotRead(name: "\(name)_descending", parameters: directory(), index: "updated_at"),
                HotRead(name: "\(name)_ascending", parameters: directory(email: "7@acme.com"), index: "email"),
                HotRead(name: "\(name)_descending", parameters: directory(email: "7@acme.com"), index: "pkey"),
            ]
        }
        + [
            HotRead(name: "list_people", parameters: people(), index: "email"),
            HotRead(name: "list_people", parameters: people(email: "7@acme.com"), index: "email"),
        ]

    private static func fill(_ kind: String, _ columns: String, _ values: String) -> String {
        """
        INSERT INTO hooklog.\(kind) (
            workspace_id, livemode, system, entity_type, entity_id, document, created_at, updated_at, first_position,
            position, display_id, \(columns)
        )
        SELECT w.workspace_id, true, 'pivotal', '\(kind)', 'id_' || n, '{}', at, at, n, n, n, \(values)
        FROM generate_series(1, 50000) AS n
        CROSS JOIN hooklog.workspace AS w
        CROSS JOIN LATERAL (SELECT timestamptz '2026-01-01' + n * interval '1 ms') AS t (at);
        """
    }

    private static let fillAll =
        fill("customer", "slug, status", "'slug_' || n, 'active'")
        + fill("contact", "customer_id, email", "'id_' || n % 5000, n || '@acme.com'")
        + fill("onboarding", "customer_id, waiting_on_customer", "'id_' || n % 5000, false")
            + """
            INSERT INTO hooklog.internal_contact (
                workspace_id, livemode, system, entity_type, entity_id, document, created_at, updated_at, first_position,
                position, email
            )
            SELECT workspace_id, livemode, 'stuut', 'internal_contact', entity_id, document, created_at, updated_at,
                first_position, position, email
            FROM hooklog.contact;
            """

    /// The columns of the indexes by name, as `pg_indexes` has them.
    private func indexes(_ connection: PostgresConnection) async throws -> [String: String] {
        let statement = PostgresStatement(
            name: "indexes",
            sql: "SELECT indexname::text, indexdef FROM pg_indexes WHERE schemaname = 'hooklog_data'"
        )
        let rows = try await connection.query(statement).rows
        return Dictionary(try rows.map { (try $0.decode(0), try $0.decode(1)) }, uniquingKeysWith: { $1 })
    }

    private func expectGood(_ read: HotRead, on connection: PostgresConnection) async throws {
        let plans = try await read.statement.plans(on: connection).joined(separator: "\n")
        let indexes = try await indexes(connection)
        let used = indexes.filter { plans.contains(" using \($0.key) ") || plans.contains(" using \($0.key)\n") }
        let isUsed = used.contains { name, definition in
            read.index == "pkey" ? name.hasSuffix("pkey") : definition.contains(read.index)
        }
        #expect(isUsed, "\(used.keys) in \(plans)")
        #expect(!plans.contains("Seq Scan"), "\(plans)")
        #expect(!plans.contains("Bitmap"), "\(plans)")
        // A read of another index would have to throw away what it was not asked for.
        #expect(!plans.contains("Rows Removed by Filter"), "\(plans)")
    }

    @Test func plansMadeOnEmptyTablesStayGood() async throws {
        try await PlannedStatement.withDatabase { connection in
            // More runs than PostgreSQL plans anew before it keeps a plan for the session.
            for read in Self.reads {
                for _ in 0..<8 { try await read.statement.run(on: connection) }
            }
            try await connection.script(Self.fillAll)
            try await PlannedStatement.watch(connection)
            for read in Self.reads { try await expectGood(read, on: connection) }
        }
    }

    @Test func plansOfAnalysedTablesAreGood() async throws {
        try await PlannedStatement.withDatabase { connection in
            try await connection.script(Self.fillAll + "ANALYZE;")
            try await PlannedStatement.watch(connection)
            for read in Self.reads {
                for _ in 0..<7 { try await expectGood(read, on: connection) }
            }
        }
    }

    @Test func eachReadIsPreparedOnce() async throws {
        try await PlannedStatement.withDatabase { connection in
            for read in Self.reads {
                for _ in 0..<2 { try await read.statement.run(on: connection) }
            }
            let statement = PostgresStatement(
                name: "prepared",
                sql: "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%hooklog.%'"
            )
            let count = try await connection.query(statement).first?.decode(0, as: Int64.self)
            // Itself included.
            #expect(count == Int64(Set(Self.reads.map(\.name)).count) + 1)
        }
    }
}
