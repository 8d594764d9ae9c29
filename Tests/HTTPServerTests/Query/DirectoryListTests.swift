import EventLog
import Foundation
import Postgres
import Testing

/// The native lists over the directory, on a socket.
@Suite(.timeLimit(.minutes(10)))
struct DirectoryListTests {
    private func entityIDs(_ reply: QueryReply) -> [String] {
        reply.json["data"]?.elements.compactMap { $0["entity_id"]?.text } ?? []
    }

    /// The ids of a list from the start to the end, page by page.
    private func walk(_ server: QueryServer, _ path: String, key: String) async throws -> [String] {
        var ids: [String] = []
        var cursor: String?
        repeat {
            let reply = try await server.send(path + (cursor.map { "&cursor=\($0)" } ?? ""), key: key)
            try #require(reply.status == 200)
            ids += entityIDs(reply)
            cursor = reply.json["next_cursor"]?.text
            #expect(reply.json["has_more"] == .bool(cursor != nil))
        } while cursor != nil && ids.count < 1_000
        return ids
    }

    /// Five contacts, of which the third was changed last and the fifth is deleted.
    private static let contacts: [PivotalEvent] = {
        var events: [PivotalEvent] = (1...5).map { number in
            var event = PivotalEvent.child(
                "contact",
                "con_\(number)",
                number,
                of: "cus_\(number % 2)",
                more: #","name":"Person \#(number)","email":"P\#(number)@Acme.com""#
            )
            event.createdAt = "2026-05-0\(number)T00:00:00Z"
            return event
        }
        events.append(PivotalEvent(id: "evt_u", type: "contact.updated", object: #""id":"con_3","title":"CTO""#))
        events.append(PivotalEvent(id: "evt_d", type: "contact.deleted", object: #""id":"con_5""#))
        return events
    }()

    @Test func contactHasItsFieldsAndItsDocument() async throws {
        try await QueryServer.with { server in
            try await server.append([
                .child("contact", "con_1", 12, of: "cus_1", more: #","name":"Jane","email":"Jane@Acme.com","x":[1.50]"#)
            ])
            let reply = try await server.send("/v1/contacts", key: try await server.makeKey().text)
            #expect(reply.status == 200)
            let contact = try #require(reply.json["data"]?.elements.first)
            #expect(contact["object"] == "contact")
            #expect(contact["system"] == "pivotal")
            #expect(contact["entity_type"] == "contact")
            #expect(contact["entity_id"] == "con_1")
            #expect(contact["livemode"] == true)
            #expect(contact["customer_id"] == "cus_1")
            #expect(contact["email"] == "jane@acme.com")
            #expect(contact["is_primary"] == false)
            #expect(contact["updated_at"] == "2026-05-26T18:42:00.123000Z")
            #expect(contact["deleted_at"] == .null)
            #expect(contact["position"] == 1)
            #expect(contact["outgrown"] == false)
            #expect(contact["document"]?["email"] == "Jane@Acme.com")
            #expect(contact["document"]?["x"] == .array([.number(1.5)]))
        }
    }

    @Test func customerHasItsFieldsAndItsDocument() async throws {
        try await QueryServer.with { server in
            try await server.append([.customer("cus_1", 42, more: #","mrr":12.5,"health_score":38,"at_risk":true"#)])
            let reply = try await server.send("/v1/customers", key: try await server.makeKey().text)
            let customer = try #require(reply.json["data"]?.elements.first)
            #expect(customer["object"] == "customer")
            #expect(customer["display_id"] == 42)
            #expect(customer["mrr"] == .number(12.5))
            #expect(customer["status"] == "at_risk")
            #expect(customer["at_risk"] == true)
            #expect(customer["document"]?["health_score"] == 38)
        }
    }

    @Test(arguments: [
        ("", ["con_3", "con_4", "con_2", "con_1"]), ("order=asc", ["con_1", "con_2", "con_4", "con_3"]),
        ("include_deleted=true&limit=2", ["con_5", "con_3"]),
        ("updated_since=2026-05-04T00:00:00Z", ["con_3", "con_4"]),
        ("updated_since=2026-05-04T00:00:00Z&order=asc", ["con_4", "con_3"]),
        ("updated_since=2026-05-04T00:00:00.000001Z", ["con_3"]),
        ("email=p2%40acme.COM", ["con_2"]), ("email=p2", []), ("email=p5%40acme.com", []),
        ("email=p5%40acme.com&include_deleted=true", ["con_5"]),
        ("q=PERSON", ["con_3", "con_4", "con_2", "con_1"]), ("q=son+4", ["con_4"]), ("q=p1%40", ["con_1"]),
        ("q=100%25", []), ("q=_", []), ("q=person&email=p2%40acme.com&order=asc", ["con_2"]),
        ("source=pivotal&limit=1", ["con_3"]), ("source=stuut", []),
    ])
    func contactsAreFilteredAndOrdered(query: String, expected: [String]) async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey().text
            try await server.append(Self.contacts)
            let reply = try await server.send("/v1/contacts?\(query)", key: key)
            #expect(reply.status == 200)
            #expect(entityIDs(reply) == expected)
        }
    }

    @Test func customersAreFoundByTheirContactsAddresses() async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey().text
            try await server.append(
                [.customer("cus_0", 1, more: #","domain":"Acme.com""#), .customer("cus_1", 2)] + Self.contacts
            )
            let cases: [(String, [String])] = [
                ("email=P1%40acme.com", ["cus_1"]), ("email=p2%40acme.com", ["cus_0"]), ("email=p5%40acme.com", []),
                ("email=nobody%40acme.com", []), ("email=p2%40acme.com&q=zzz", []), ("q=acme.COM", ["cus_0"]),
                ("q=acme+2", ["cus_1"]), ("q=acme&order=asc", ["cus_0", "cus_1"]),
                ("updated_since=2026-05-27T00:00:00Z", []),
            ]
            for (query, expected) in cases {
                #expect(entityIDs(try await server.send("/v1/customers?\(query)", key: key)) == expected, "\(query)")
            }
        }
    }

    @Test(arguments: ["/v1/contacts", "/v1/customers", "/v1/internal-contacts"], ["asc", "desc"])
    func pagesSkipNoRowOfOneMoment(path: String, order: String) async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey().text
            let (kind, flags, values) =
                switch path {
                case "/v1/contacts": ("contact", "is_primary", "false")
                case "/v1/customers": ("customer", "at_risk, churned", "false, false")
                default: ("internal_contact", "name", "'Sam'")
                }
            try await server.script(
                """
                INSERT INTO hooklog.\(kind) (
                    workspace_id, livemode, system, entity_type, entity_id, document, created_at, updated_at,
                    first_position, position, \(flags)
                )
                SELECT workspace_id, true, 'pivotal', '\(kind)', 'id_' || lpad(n::text, 2, '0'), '{}', at, at, n, n, \(values)
                FROM hooklog.workspace, generate_series(1, 50) AS n,
                    LATERAL (SELECT timestamptz '2026-01-01' + (n / 20) * interval '1 us') AS t (at)
                """
            )
            let expected = (1...50).map { "id_" + ($0 < 10 ? "0" : "") + "\($0)" }
            let ids = try await walk(server, "\(path)?limit=7&order=\(order)", key: key)
            #expect(ids == (order == "asc" ? expected : expected.reversed()))
        }
    }

    @Test func keysSeeTheirWorkspaceAndModeOnly() async throws {
        try await QueryServer.with { server in
            let other = try await WorkspaceStore(pool: server.pool).create(slug: "other", name: "Other")
            let stranger = try await server.makeKey(in: other).text
            let test = try await server.makeKey(livemode: false).text
            try await server.append([.customer("cus_1", 1), .child("contact", "con_1", 1, of: "cus_1")])
            for key in [stranger, test] {
                #expect(entityIDs(try await server.send("/v1/customers", key: key)) == [])
                #expect(entityIDs(try await server.send("/v1/contacts?q=a&include_deleted=true", key: key)) == [])
            }
        }
    }

    @Test(arguments: ["/v1/contacts", "/v1/customers", "/v1/internal-contacts"])
    func keyIsNeededAndRevocationIsHeeded(path: String) async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey()
            #expect(try await server.send(path).code == "missing_api_key")
            #expect(try await server.send(path, key: key.text).status == 200)
            #expect(try await server.send(path + "?limit=0", key: key.text).code == "too_small")
            #expect(try await server.send(path, key: key.text, method: "POST").headers["allow"] == "GET, HEAD")
            _ = try await APIKeyStore(pool: server.pool).revoke(key.key.id, in: server.workspace.id)
            #expect(try await server.send(path, key: key.text).code == "api_key_revoked")
        }
    }
}
