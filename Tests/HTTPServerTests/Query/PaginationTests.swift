import EventLog
import Foundation
import Postgres
import Testing

@Suite(.timeLimit(.minutes(10)))
struct PaginationTests {
    /// A list, and the statement that fills it with rows that share their times, `count` from number `first` on.
    private enum Fixture: String, CaseIterable {
        case customers = "/api/v1/customers"
        case contacts = "/api/v1/customers/cus_p/contacts"
        case onboardings = "/api/v1/onboardings"
        case customerOnboardings = "/api/v1/customers/cus_p/onboardings"

        /// Rows `first` to `last`, five to each millisecond, later ones newer unless `shift` says otherwise.
        func insert(_ first: Int, _ last: Int, shift: Int = 0) -> String {
            let view =
                switch self {
                case .customers: "customer"
                case .contacts: "contact"
                case .onboardings, .customerOnboardings: "onboarding"
                }
            let column = self == .customers ? "status" : "customer_id"
            return """
                INSERT INTO hooklog.\(view) (
                    workspace_id, livemode, system, entity_type, entity_id, document, created_at, updated_at,
                    first_position, position, \(column)
                )
                SELECT w.workspace_id, true, 'pivotal', '\(view)', 'id_' || lpad(n::text, 5, '0'), '{}', at, at, n, n
                    , '\(self == .customers ? "active" : "cus_p")'
                FROM generate_series(\(first), \(last)) AS n
                CROSS JOIN hooklog.workspace AS w
                CROSS JOIN LATERAL (
                    SELECT timestamptz '2026-01-01' + (n / 5 + \(shift)) * interval '1 ms'
                ) AS t (at);
                """
        }
    }

    private static let parent = """
        INSERT INTO hooklog.customer (
            workspace_id, livemode, system, entity_type, entity_id, document, created_at, updated_at, first_position,
            position, status
        )
        SELECT workspace_id, true, 'pivotal', 'customer', 'cus_p', '{}', '1990-01-01', '1990-01-01', 0, 0, 'active'
        FROM hooklog.workspace;
        """

    /// The ids of a list from the start to the end, page by page.
    private func walk(
        _ server: QueryServer,
        _ path: String,
        key: String,
        limit: Int,
        between: (Int) async throws -> Void = { _ in }
    ) async throws -> [String] {
        var ids: [String] = []
        var cursor: String?
        for page in 0..<2_000 {
            let query = "limit=\(limit)" + (cursor.map { "&cursor=\($0)" } ?? "")
            let reply = try await server.send("\(path)?\(query)", key: key)
            try #require(reply.status == 200)
            #expect(reply.ids.count <= limit)
            ids += reply.ids
            cursor = reply.json["next_cursor"]?.text
            #expect(reply.json["has_more"] == .bool(cursor != nil))
            if cursor == nil { return ids }
            #expect(reply.ids.count == limit)
            try await between(page)
        }
        throw UnexpectedReply()
    }

    /// Made in one order and changed in the other, before Hooklog heard of them.
    @Test(arguments: [Fixture.customers, .contacts, .onboardings].map(\.rawValue))
    func importedObjectsArePagedByTheTimeThatTheyShow(path: String) async throws {
        let kind = [Fixture.customers.rawValue: "customer", Fixture.contacts.rawValue: "contact"][path] ?? "onboarding"
        try await QueryServer.with { server in
            let key = try await server.makeKey().text
            try await server.script(Self.parent)
            let events = (1...3).map { number in
                PivotalEvent(
                    id: "import:\(number)",
                    type: "\(kind).updated",
                    object: #""id":"id_\#(number)","customer_id":"cus_p","created_at":"202\#(number)-01-01T00:00:00Z""#,
                    createdAt: "2026-05-0\(9 - number)T00:00:00Z"
                )
            }
            try await server.append(events)
            var ids: [String] = []
            var shown: [String] = []
            var cursor = "2026-12-31T00:00:00Z"
            repeat {
                let reply = try await server.send("\(path)?limit=1&cursor=\(cursor)", key: key)
                guard let object = reply.json["data"]?.elements.first, let id = object["id"]?.text, id != "cus_p" else {
                    break
                }
                ids.append(id)
                cursor = try #require(object["created_at"]?.text)
                shown.append(cursor)
            } while ids.count < 9
            #expect(ids == ["id_1", "id_2", "id_3"])
            #expect(shown == shown.sorted(by: >))
        }
    }

    @Test(arguments: Fixture.allCases.map(\.rawValue))
    func everyLimitGivesEachRowOnceInOrder(path: String) async throws {
        let fixture = try #require(Fixture(rawValue: path))
        try await QueryServer.with { server in
            let key = try await server.makeKey().text
            if fixture != .customers { try await server.script(Self.parent) }
            try await server.script(fixture.insert(1, 203))
            let expected = (1...203).reversed().map { "id_" + String(format: "%05d", $0) }
            for limit in [1, 2, 3, 4, 5, 6, 7, 10, 19, 25, 50, 99, 100] {
                #expect(try await walk(server, path, key: key, limit: limit) == expected, "limit \(limit)")
            }
        }
    }

    @Test func everyLimitUpToTheGreatest() async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey().text
            try await server.script(
                "\(Fixture.customers.insert(1, 101, shift: 0)); UPDATE hooklog.customer SET created_at = '2026-01-01'"
            )
            let expected = (1...101).reversed().map { "id_" + String(format: "%05d", $0) }
            for limit in 1...100 {
                #expect(
                    try await walk(server, "/api/v1/customers", key: key, limit: limit) == expected,
                    "limit \(limit)"
                )
            }
        }
    }

    @Test func insertsBetweenPagesSkipNothing() async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey().text
            try await server.script(Fixture.customers.insert(1, 60))
            let seen = try await walk(server, "/api/v1/customers", key: key, limit: 7) { page in
                // Newer rows, and rows that share the times of those being read.
                let first = 1_000 + page * 10
                try await server.script(Fixture.customers.insert(first, first + 4))
                try await server.script(Fixture.customers.insert(first + 5, first + 9, shift: -first / 5 - 1 + page))
            }
            #expect(Set(seen).count == seen.count)
            #expect(Set((1...60).map { "id_" + String(format: "%05d", $0) }).isSubset(of: seen))
        }
    }

    @Test func limitDefaultsTo25() async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey().text
            try await server.script(Fixture.customers.insert(1, 30))
            #expect(try await server.send("/api/v1/customers", key: key).ids.count == 25)
        }
    }

    @Test func fullLastPageHasNoMore() async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey().text
            try await server.script(Fixture.customers.insert(1, 10))
            let reply = try await server.send("/api/v1/customers?limit=10", key: key)
            #expect(reply.ids.count == 10)
            #expect(reply.json["has_more"] == false)
            #expect(reply.json["next_cursor"] == JSONValue.null)
        }
    }

    @Test func emptyListIsTheContractsEnvelope() async throws {
        try await QueryServer.with { server in
            let reply = try await server.send("/api/v1/onboardings", key: try await server.makeKey().text)
            #expect(reply.text == #"{"object" : "list", "data" : [], "has_more" : false, "next_cursor" : null}"#)
        }
    }

    @Test func plainDatetimeMeansStrictlyOlder() async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey().text
            try await server.append([.customer("cus_1", 1), .customer("cus_2", 2)])
            let path = "/api/v1/customers?cursor="
            #expect(try await server.send(path + "2026-05-26T18:42:00.123Z", key: key).ids == [])
            #expect(try await server.send(path + "2026-05-26T18:42:00.124Z", key: key).ids == ["cus_2", "cus_1"])
            #expect(try await server.send(path + "2026-05-26T20:42:00.124%2B02:00", key: key).ids.count == 2)
        }
    }

    @Test(arguments: [
        ("/api/v1/customers?cursor=yesterday", "invalid_string", "cursor"),
        ("/api/v1/onboardings?cursor=", "invalid_string", "cursor"),
        ("/api/v1/customers/1/contacts?limit=0", "too_small", "limit"),
        ("/api/v1/customers/1/onboardings?limit=101", "too_big", "limit"),
        ("/api/v1/customers?limit=ten", "invalid_type", "limit"),
        ("/api/v1/customers?status=\(String(repeating: "a", count: 256))", "too_big", "status"),
        ("/v1/events?after=x", "invalid_type", "after"), ("/v1/events?entity=x", "invalid_string", "entity"),
    ])
    func badParameterIsNamed(path: String, code: String, field: String) async throws {
        try await QueryServer.with { server in
            let reply = try await server.send(path, key: try await server.makeKey().text)
            #expect(reply.status == 400)
            #expect(reply.json["error"]?["type"] == "invalid_request_error")
            #expect(reply.code == code)
            #expect(reply.json["error"]?["field"]?.text == field)
        }
    }
}
