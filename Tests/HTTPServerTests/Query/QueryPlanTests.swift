import Foundation
import Postgres
import PostgresTesting
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
    }

    private static let page: [PostgresParameter] = [
        .int4(25), .timestamptz(PostgresTimestamp(microsecondsSince1970: 1_767_225_625_000_000)), .int8(7),
    ]
    private static let nothing = PostgresParameter.text(nil)

    private static func directory(ascending: Bool, email: String? = nil) -> [PostgresParameter] {
        let since = PostgresTimestamp(microsecondsSince1970: 1_767_225_602_000_000)
        let place: [PostgresParameter] = email == nil ? Array(page.dropFirst()) : [.timestamptz(nil), .int8(nil)]
        return [.int4(25), .bool(ascending)] + place
            + [.timestamptz(email == nil ? since : nil), .text(email), nothing, nothing, .bool(false)]
            + [.int4(1_000), .int8(1 << 20)]
    }

    private static func people(email: String? = nil) -> [PostgresParameter] {
        let place = PostgresParameter.text(email == nil ? "5" : nil)
        return [.int4(25), place, .text(email), nothing, nothing, .int4(10_000), .int4(100), .int8(1 << 20)]
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
                HotRead(name: name, parameters: directory(ascending: true), index: "updated_at"),
                HotRead(name: name, parameters: directory(ascending: false), index: "updated_at"),
                HotRead(name: name, parameters: directory(ascending: true, email: "7@acme.com"), index: "email"),
                HotRead(name: name, parameters: directory(ascending: false, email: "7@acme.com"), index: "pkey"),
            ]
        }
        + [
            HotRead(name: "list_people", parameters: people(), index: "email"),
            HotRead(name: "list_people", parameters: people(email: "7@acme.com"), index: "email"),
        ]

    private static let explain = """
        LOAD 'auto_explain';
        SET auto_explain.log_min_duration = 0;
        SET auto_explain.log_analyze = on;
        SET auto_explain.log_timing = off;
        SET auto_explain.log_nested_statements = on;
        SET auto_explain.log_level = 'warning';
        """

    private static let key = """
        INSERT INTO hooklog.workspace (slug, name, created_at) VALUES ('acme', 'Acme', now());
        INSERT INTO hooklog.api_key (workspace_id, key_id, name, prefix, key_sha256, livemode, scope, created_at)
        SELECT workspace_id, 1, 'key', 'pivotal_', '\\x01', true, 'read', now() FROM hooklog.workspace;
        """

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

    private func run(_ read: HotRead, on connection: PostgresConnection) async throws -> PostgresResult {
        let parameters: [PostgresParameter] = [.int8(1), .int8(1), .bytea([1])] + read.parameters
        return try await connection.query(SQLLibrary.call(read.name, parameters.count), parameters)
    }

    /// The plans that one run of a read used.
    private func plans(of read: HotRead, on connection: PostgresConnection) async throws -> String {
        let result = try await run(read, on: connection)
        #expect(try result.first?.decode(0, as: String.self) == "ok")
        return result.warnings.map(\.message).joined(separator: "\n")
    }

    private func expectGood(_ read: HotRead, on connection: PostgresConnection) async throws {
        let plans = try await plans(of: read, on: connection)
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

    private func withDatabase(_ body: @escaping @Sendable (PostgresConnection) async throws -> Void) async throws {
        try await TestDatabase.with(template: try await QueryTemplate.name) { database in
            try await database.withConnection { connection in
                try await connection.script(Self.key)
                try await body(connection)
            }
        }
    }

    @Test func plansMadeOnEmptyTablesStayGood() async throws {
        try await withDatabase { connection in
            // More runs than PostgreSQL plans anew before it keeps a plan for the session.
            for read in Self.reads {
                for _ in 0..<8 { _ = try await run(read, on: connection) }
            }
            try await connection.script(Self.fillAll)
            try await connection.script(Self.explain)
            for read in Self.reads { try await expectGood(read, on: connection) }
        }
    }

    @Test func plansOfAnalysedTablesAreGood() async throws {
        try await withDatabase { connection in
            try await connection.script(Self.fillAll + "ANALYZE;")
            try await connection.script(Self.explain)
            for read in Self.reads {
                for _ in 0..<7 { try await expectGood(read, on: connection) }
            }
        }
    }

    @Test func eachReadIsPreparedOnce() async throws {
        try await withDatabase { connection in
            for read in Self.reads {
                for _ in 0..<2 { _ = try await run(read, on: connection) }
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
