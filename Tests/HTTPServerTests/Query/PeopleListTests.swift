import EventLog
import Foundation
import Testing

/// The same human across systems, on a socket.
@Suite(.timeLimit(.minutes(10)))
struct PeopleListTests {
    /// Jane in all systems under one address in several spellings, Sam in two, and some who are nobody.
    private static let events: [VendorEvent] = [
        VendorEvent(
            system: "pivotal",
            entityType: "contact",
            entityID: "x_1",
            id: "e1",
            occurredAt: "2026-01-01T00:00:00Z",
            members: #""email":"Jane@Acme.com","name":"Jane Pivotal","customer_id":"cus_1","title":"CTO""#
        ),
        VendorEvent(
            system: "piriod",
            entityType: "contact",
            entityID: "x_1",
            id: "e2",
            occurredAt: "2026-01-02T00:00:00Z",
            members: #""email":"jane@acme.com","name":"Jane Piriod","customer":"cus_9","phone":"+56 2""#
        ),
        VendorEvent(
            system: "stuut",
            entityType: "partner_contact",
            entityID: "x_1",
            id: "e3",
            occurredAt: "2026-01-04T00:00:00Z",
            members: #""email":"JANE@ACME.COM","given_name":"Jane","family_name":"Stuut","partner_id":"ptn_1""#
        ),
        VendorEvent(
            system: "ruddr",
            entityType: "contact",
            entityID: "x_1",
            id: "e4",
            occurredAt: "2026-01-03T00:00:00Z",
            members: #""email":"jane@acme.com","firstName":"Jane","lastName":"Ruddr","mobilePhone":"1-508""#
        ),
        VendorEvent(
            system: "stuut",
            entityType: "internal_contact",
            entityID: "x_1",
            id: "e5",
            occurredAt: "2026-01-01T00:00:00Z",
            members: #""email":"sam@own.com","name":"Sam","job_title":"CSM""#
        ),
        VendorEvent(
            system: "ruddr",
            entityType: "contact",
            entityID: "x_2",
            id: "e6",
            members: #""email":"sam@own.com","firstName":"","lastName":"""#
        ),
        VendorEvent(system: "ruddr", entityType: "contact", entityID: "x_3", id: "e7", members: #""firstName":"No""#),
        VendorEvent(
            system: "ruddr",
            entityType: "contact",
            action: "deleted",
            entityID: "x_4",
            id: "e8",
            members: #""email":"gone@own.com""#
        ),
        VendorEvent(
            system: "piriod",
            entityType: "contact",
            entityID: "x_5",
            id: "e9",
            livemode: false,
            members: #""email":"test@own.com","name":"Test""#
        ),
    ]

    private func emails(_ reply: QueryReply) -> [String] {
        reply.json["data"]?.elements.compactMap { $0["email"]?.text } ?? []
    }

    @Test func personHasEveryDocumentItCameFrom() async throws {
        try await QueryServer.with { server in
            try await server.project(Self.events)
            let reply = try await server.send("/v1/people", key: try await server.makeKey().text)
            #expect(emails(reply) == ["jane@acme.com", "sam@own.com"])
            #expect(reply.json["has_more"] == false)
            let jane = try #require(reply.json["data"]?.elements.first)
            #expect(jane["name"] == "Jane Stuut")
            #expect(jane["systems"] == ["piriod", "pivotal", "ruddr", "stuut"])
            #expect(jane["updated_at"] == "2026-01-04T00:00:00.000000Z")
            #expect(jane["has_more_documents"] == false)
            let documents = jane["documents"]?.elements ?? []
            #expect(documents.map { $0["system"] } == ["piriod", "pivotal", "ruddr", "stuut"])
            #expect(documents.map { $0["customer_id"] } == ["cus_9", "cus_1", .null, "ptn_1"])
            #expect(documents.map { $0["name"] } == ["Jane Piriod", "Jane Pivotal", "Jane Ruddr", "Jane Stuut"])
            #expect(documents.map { $0["phone"] } == ["+56 2", .null, "1-508", .null])
            #expect(documents.map { $0["document"]?["email"] }.last == "JANE@ACME.COM")
            let sam = try #require(reply.json["data"]?.elements.last)
            #expect(sam["name"] == "Sam")
            #expect(sam["documents"]?.elements.map { $0["object"] } == ["contact", "internal_contact"])
        }
    }

    @Test(arguments: [
        ("email=JANE%40acme.com", ["jane@acme.com"]), ("email=jane", []), ("email=gone%40own.com", []),
        ("email=jane%40acme.com&source=ruddr", ["jane@acme.com"]), ("email=sam%40own.com&source=pivotal", []),
        ("email=jane%40acme.com&q=PIVOTAL", ["jane@acme.com"]), ("email=jane%40acme.com&q=sam", []),
        ("email=jane%40acme.com&cursor=jane%40acme.com", []), ("source=ruddr", ["jane@acme.com", "sam@own.com"]),
        ("source=piriod", ["jane@acme.com"]), ("source=nothing", []), ("q=own", ["sam@own.com"]),
        ("q=jane+ruddr", ["jane@acme.com"]), ("q=jane+ruddr&source=piriod", []), ("q=%25", []),
        ("cursor=jane%40acme.com", ["sam@own.com"]), ("cursor=z", []), ("q=test", []),
    ])
    func peopleAreFiltered(query: String, expected: [String]) async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey().text
            try await server.project(Self.events)
            let reply = try await server.send("/v1/people?\(query)", key: key)
            #expect(reply.status == 200)
            #expect(emails(reply) == expected)
        }
    }

    @Test func keysSeeTheirWorkspaceAndModeOnly() async throws {
        try await QueryServer.with { server in
            let other = try await WorkspaceStore(pool: server.pool).create(slug: "other", name: "Other")
            try await server.project(Self.events)
            let stranger = try await server.makeKey(in: other).text
            #expect(emails(try await server.send("/v1/people", key: stranger)) == [])
            let test = try await server.makeKey(livemode: false).text
            #expect(emails(try await server.send("/v1/people", key: test)) == ["test@own.com"])
        }
    }

    @Test func keyIsNeededAndRevocationIsHeeded() async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey()
            #expect(try await server.send("/v1/people").code == "missing_api_key")
            #expect(try await server.send("/v1/people?limit=0", key: key.text).code == "too_small")
            #expect(try await server.send("/v1/people", key: key.text, method: "POST").headers["allow"] == "GET, HEAD")
            _ = try await APIKeyStore(pool: server.pool).revoke(key.key.id, in: server.workspace.id)
            #expect(try await server.send("/v1/people", key: key.text).code == "api_key_revoked")
        }
    }

    @Test func sqlNamesTheSamePeople() async throws {
        try await QueryServer.with { server in
            try await server.project(Self.events)
            let rows = try await server.texts(
                """
                SELECT concat_ws('|', email, name, systems, jsonb_array_length(documents))
                FROM hooklog.people(\(server.workspace.id.rawValue)) ORDER BY email
                """
            )
            #expect(
                rows == ["jane@acme.com|Jane Stuut|{piriod,pivotal,ruddr,stuut}|4", "sam@own.com|Sam|{ruddr,stuut}|2"]
            )
            let test = try await server.texts(
                "SELECT email FROM hooklog.people(\(server.workspace.id.rawValue), false)"
            )
            #expect(test == ["test@own.com"])
        }
    }
}
