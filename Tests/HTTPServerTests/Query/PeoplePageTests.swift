import Foundation
import Postgres
import Schema
import Testing

/// The edges of a page of people: how far it looks, how many documents and bytes it has.
@Suite(.timeLimit(.minutes(10)))
struct PeoplePageTests {
    private struct Page: Decodable {
        struct Person: Decodable {
            let email: String
            let documents: [JSONValue]
            let has_more_documents: Bool
        }
        let data: [Person]
        let next_cursor: String?

        var emails: [String] { data.map(\.email) }
    }

    /// People p01 to p20 with three contacts in each of two systems; every fifth is called Five by its last contact.
    private static let fill = """
        INSERT INTO hooklog.api_key (workspace_id, key_id, name, prefix, key_sha256, livemode, scope, created_at)
        SELECT workspace_id, 1, 'key', 'pivotal_', '\\x01', true, 'read', now() FROM hooklog.workspace;
        INSERT INTO hooklog.contact (
            workspace_id, livemode, system, entity_type, entity_id, document, created_at, updated_at,
            first_position, position, name, email, is_primary
        )
        SELECT workspace_id, true, s, 'contact', n || '_' || k, jsonb_build_object('x', repeat('x', 100)), now(), now(),
            n * 10 + k, n * 10 + k, CASE WHEN n % 5 = 0 AND k = 3 AND s = 'ruddr' THEN 'Five' ELSE 'Other' END,
            'p' || lpad(n::text, 2, '0'), false
        FROM hooklog.workspace, generate_series(1, 20) AS n, generate_series(1, 3) AS k,
            unnest(ARRAY['pivotal', 'ruddr']) AS s;
        """

    private func page(
        _ connection: PostgresConnection,
        limit: Int32 = 100,
        after place: String? = nil,
        text: String? = nil,
        examined: Int32 = 10_000,
        documents: Int32 = 100,
        bytes: Int64 = 1 << 20
    ) async throws -> Page {
        let result = try await connection.query(
            SQLLibrary.answer("list_people", 8),
            [
                .int8(1), .int8(1), .bytea([1]), .text(nil), .int4(limit), .text(place), .text(nil), .text(text),
                .int4(examined), .int4(documents), .int8(bytes),
            ]
        )
        let row = try #require(result.first)
        try #require(try row.decode(0, as: String.self) == "ok")
        return try JSONDecoder().decode(Page.self, from: Data(try #require(try row.json(1))))
    }

    private func withPeople(_ body: @escaping @Sendable (PostgresConnection) async throws -> Void) async throws {
        try await QueryServer.with { server in
            try await server.database.withConnection { connection in
                _ = try await connection.script(Self.fill)
                try await body(connection)
            }
        }
    }

    @Test(arguments: [Int32(1), 3, 20, 100], [Int32(6), 7, 11, 10_000])
    func pagesHaveEverybodyOnce(limit: Int32, examined: Int32) async throws {
        try await withPeople { connection in
            var emails: [String] = []
            var place: String?
            repeat {
                let page = try await page(connection, limit: limit, after: place, examined: examined)
                #expect(page.data.count <= limit)
                #expect(page.data.allSatisfy { $0.documents.count == 6 && !$0.has_more_documents })
                emails += page.emails
                place = page.next_cursor
            } while place != nil && emails.count < 100
            #expect(emails == (1...20).map { "p" + ($0 < 10 ? "0" : "") + "\($0)" })
        }
    }

    @Test(arguments: [Int32(6), 7, 13, 10_000]) func searchFindsAPersonByAnyOfItsNames(examined: Int32) async throws {
        try await withPeople { connection in
            var emails: [String] = []
            var place: String?
            var pages = 0
            repeat {
                let page = try await page(connection, after: place, text: "fIVE", examined: examined)
                emails += page.emails
                place = page.next_cursor
                pages += 1
            } while place != nil && pages < 100
            #expect(emails == ["p05", "p10", "p15", "p20"])
            #expect(examined == 10_000 ? pages == 1 : pages > 1)
        }
    }

    @Test func personWithMoreRowsThanAPageExaminesDoesNotStopTheList() async throws {
        try await withPeople { connection in
            let first = try await page(connection, examined: 2)
            #expect(first.emails == ["p01"])
            #expect(first.next_cursor == "p01")
            #expect(first.data.first?.documents.count == 6)
            #expect(try await page(connection, after: "p19", examined: 2).emails == ["p20"])
            #expect(try await page(connection, after: "p20", examined: 2).next_cursor == nil)
        }
    }

    @Test func documentsOfAPersonAreLimitedForEachSystem() async throws {
        try await withPeople { connection in
            let person = try #require(try await page(connection, limit: 1, documents: 2).data.first)
            #expect(person.has_more_documents)
            #expect(person.documents.map { $0["system"] } == ["pivotal", "pivotal", "ruddr", "ruddr"])
        }
    }

    @Test func pageEndsBeforeItHasTooManyBytes() async throws {
        try await withPeople { connection in
            let two = try await page(connection, bytes: 1_700)
            #expect(two.emails == ["p01", "p02"])
            #expect(two.next_cursor == "p02")
            let one = try await page(connection, after: "p02", bytes: 1)
            #expect(one.emails == ["p03"])
            #expect(one.next_cursor == "p03")
        }
    }

    @Test func deletedContactsCountAsLookedAt() async throws {
        try await withPeople { connection in
            _ = try await connection.script("UPDATE hooklog.contact SET deleted_at = now() WHERE email < 'p11'")
            let first = try await page(connection, examined: 13)
            #expect(first.emails == [])
            #expect(first.next_cursor == "p02")
            var emails: [String] = []
            var place: String?
            repeat {
                let page = try await page(connection, after: place, examined: 13)
                emails += page.emails
                place = page.next_cursor
            } while place != nil && emails.count < 100
            #expect(emails == (11...20).map { "p\($0)" })
        }
    }

    @Test func personWhoseFirstContactsAreDeletedIsFound() async throws {
        try await withPeople { connection in
            _ = try await connection.script("UPDATE hooklog.contact SET deleted_at = now() WHERE system = 'pivotal'")
            #expect(try await page(connection, examined: 2).emails == ["p01"])
        }
    }

    @Test func documentsOfAPersonEndBeforeTheyHaveTooManyBytes() async throws {
        try await withPeople { connection in
            let whole = try #require(try await page(connection, limit: 1, bytes: 10_000).data.first)
            #expect(whole.documents.count == 6)
            #expect(!whole.has_more_documents)
            let part = try #require(try await page(connection, limit: 1, bytes: 250).data.first)
            #expect(part.documents == Array(whole.documents.prefix(2)))
            #expect(part.has_more_documents)
        }
    }

    /// More than are considered, under one address, some of which changed later and so moved in the table.
    @Test func personWithManyContactsIsTheSameAfterARebuild() async throws {
        try await QueryServer.with { server in
            func contact(_ number: Int, _ type: String, _ name: String, _ time: String) -> PivotalEvent {
                PivotalEvent(
                    id: "evt_\(type)_\(number)",
                    type: "contact.\(type)",
                    object: #""id":"con_\#(number)","email":"all@x.io","name":"\#(name) \#(number)""#,
                    createdAt: time
                )
            }
            for number in 1...150 {
                try await server.append([contact(number, "created", "N", "2026-05-26T18:42:00.123Z")])
            }
            try await server.append((1...60).map { contact($0, "updated", "M", "2026-05-27T18:42:00.123Z") })
            let key = try await server.makeKey().text
            let before = try await server.send("/v1/people?email=all@x.io", key: key)
            let person = before.json["data"]?.elements.first
            #expect(person?["documents"]?.elements.count == 100)
            #expect(person?["has_more_documents"] == true)
            #expect(person?["name"] == "M 60")
            try await server.script(
                """
                SELECT hooklog.start_rebuild('directory');
                SELECT hooklog.project(workspace_id, 'directory', 2, 1000, 100000000) FROM hooklog.workspace;
                SELECT hooklog.create_read_model_indexes('directory', 2);
                SELECT hooklog.pause_generation('directory');
                SELECT hooklog.activate_generation('directory', 2);
                """
            )
            let active = "SELECT generation FROM hooklog.projection_generation WHERE state = 'active'"
            #expect(try await server.number(active) == 2)
            let after = try await server.send("/v1/people?email=all@x.io", key: key)
            #expect(after.text == before.text)
        }
    }
}
