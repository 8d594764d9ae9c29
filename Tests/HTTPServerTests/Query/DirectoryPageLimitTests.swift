import Foundation
import Postgres
import Schema
import Testing

/// The limits of a page of the native lists: how far a search looks, and how many bytes of documents there are.
@Suite(.timeLimit(.minutes(10)))
struct DirectoryPageLimitTests {
    private struct Page: Decodable {
        struct Item: Decodable { let entity_id: String }
        let data: [Item]
        let has_more: Bool
        let next_cursor: String?

        var ids: [String] { data.map(\.entity_id) }
    }

    /// Contacts 1 to 100, one each second; every tenth is called Ten, and each document has about `size` bytes.
    private static func fill(size: Int) -> String {
        """
        INSERT INTO hooklog.api_key (workspace_id, key_id, name, prefix, key_sha256, livemode, scope, created_at)
        SELECT workspace_id, 1, 'key', 'pivotal_', '\\x01', true, 'read', now() FROM hooklog.workspace;
        INSERT INTO hooklog.contact (
            workspace_id, livemode, system, entity_type, entity_id, document, created_at, updated_at,
            first_position, position, name, is_primary
        )
        SELECT workspace_id, true, 'pivotal', 'contact', n::text, jsonb_build_object('x', repeat('x', \(size))), at, at,
            n, n, CASE WHEN n % 10 = 0 THEN 'Ten' ELSE 'Other' END, false
        FROM hooklog.workspace, generate_series(1, 100) AS n,
            LATERAL (SELECT timestamptz '2026-01-01' + n * interval '1 second') AS t (at);
        """
    }

    private func page(
        _ connection: PostgresConnection,
        limit: Int32 = 100,
        after position: Int64 = 0,
        text: String? = nil,
        examined: Int32 = 10_000,
        bytes: Int64 = 1 << 20
    ) async throws -> Page {
        let start: Int64 = 1_767_225_600_000_000
        let result = try await connection.query(
            SQLLibrary.answer("list_directory_contacts_ascending", 10),
            [
                .int8(1), .int8(1), .bytea([1]), .text(nil), .int4(limit),
                .timestamptz(PostgresTimestamp(microsecondsSince1970: start + position * 1_000_000)), .int8(position),
                .timestamptz(nil), .text(nil), .text(text), .bool(false), .int4(examined), .int8(bytes),
            ]
        )
        let row = try #require(result.first)
        try #require(try row.decode(0, as: String.self) == "ok")
        return try JSONDecoder().decode(Page.self, from: Data(try #require(try row.json(1))))
    }

    private func withContacts(
        size: Int = 1,
        _ body: @escaping @Sendable (PostgresConnection) async throws -> Void
    ) async throws {
        try await QueryServer.with { server in
            try await server.database.withConnection { connection in
                _ = try await connection.script(Self.fill(size: size))
                try await body(connection)
            }
        }
    }

    @Test func searchLooksAtSoManyRowsAndGoesOnFromThere() async throws {
        try await withContacts { connection in
            let first = try await page(connection, text: "ten", examined: 25)
            #expect(first.ids == ["10", "20"])
            #expect(first.next_cursor == "2026-01-01T00:00:25.0000000000000000000000025Z")
            let second = try await page(connection, after: 25, text: "ten", examined: 5)
            #expect(second.ids == ["30"])
            #expect(second.has_more)
            let empty = try await page(connection, after: 30, text: "ten", examined: 5)
            #expect(empty.ids == [])
            #expect(empty.next_cursor == "2026-01-01T00:00:35.0000000000000000000000035Z")
            let last = try await page(connection, after: 80, text: "ten", examined: 25)
            #expect(last.ids == ["90", "100"])
            #expect(!last.has_more)
        }
    }

    @Test func fullPageOfASearchEndsAtItsLastObject() async throws {
        try await withContacts { connection in
            let page = try await page(connection, limit: 2, text: "ten")
            #expect(page.ids == ["10", "20"])
            #expect(page.next_cursor == "2026-01-01T00:00:20.0000000000000000000000020Z")
        }
    }

    @Test func exactlyFullPageIsTheLast() async throws {
        try await withContacts { connection in
            let page = try await page(connection, limit: 10, after: 90)
            #expect(page.ids.count == 10)
            #expect(!page.has_more)
            #expect(page.next_cursor == nil)
        }
    }

    @Test func pageEndsBeforeItHasTooManyBytes() async throws {
        try await withContacts(size: 1_000) { connection in
            let first = try await page(connection, bytes: 5_500)
            #expect(first.ids == ["1", "2", "3", "4", "5"])
            #expect(first.next_cursor == "2026-01-01T00:00:05.0000000000000000000000005Z")
            let second = try await page(connection, after: 5, bytes: 5_500)
            #expect(second.ids.first == "6")
        }
    }

    @Test func pageHasOneObjectHoweverLarge() async throws {
        try await withContacts(size: 1_000) { connection in
            let page = try await page(connection, bytes: 1)
            #expect(page.ids == ["1"])
            #expect(page.has_more)
        }
    }
}
