import Foundation
import Testing

/// The requests of Pivotal's own pages, as they stand there, and the answers that these show, values aside.
@Suite(.timeLimit(.minutes(10)))
struct SeedTests {
    private static let members: Set<String> = [
        "object", "id", "display_id", "customer_id", "name", "email", "title", "is_primary", "labels", "created_at",
        "updated_at",
    ]
    private static let body = #"{"name":"Alice Johnson","email":"alice.johnson@example.com"}"#

    @Test func addAContactToACustomer() async throws {
        try await QueryServer.withWriter { server, writer in
            try await server.append([.customer("cl9bn00of0000g7l8gcq8c4xk", 42)])
            let reply = try await writer.post("customers/42/contacts", Self.body)
            #expect(reply.status == 201)
            #expect(reply.headers["content-type"] == "application/json")
            #expect(reply.headers["hooklog-position"] == "2")
            #expect(reply.json.names == Self.members)
            #expect(reply.json["object"] == "contact")
            #expect(reply.json["display_id"] == 1)
            #expect(reply.json["customer_id"] == "cl9bn00of0000g7l8gcq8c4xk")
            #expect(reply.json["name"] == "Alice Johnson")
            #expect(reply.json["email"] == "alice.johnson@example.com")
            #expect(reply.json["title"] == .null)
            #expect(reply.json["is_primary"] == false)
            #expect(reply.json["labels"] == [])
            #expect(reply.json["created_at"] == reply.json["updated_at"])
            #expect(try #require(reply.json["id"]?.text).wholeMatch(of: /c[a-z0-9]{24}/) != nil)
            let time = try #require(reply.json["created_at"]?.text)
            #expect(time.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
            #expect(try await writer.get("contacts/1").text == reply.text)
        }
    }

    @Test func addAContactWithEverything() async throws {
        try await QueryServer.withWriter { server, writer in
            try await server.append([.customer("cus_1", 42)])
            let body = #"""
                {"name":"Alice Johnson","email":"Alice.Johnson@Example.com","title":"Technical Lead","is_primary":true,
                "labels":["engineering","key-contact"]}
                """#
            let reply = try await writer.post("customers/cus_1/contacts", body)
            #expect(reply.status == 201)
            #expect(reply.json["email"] == "alice.johnson@example.com")
            #expect(reply.json["title"] == "Technical Lead")
            #expect(reply.json["is_primary"] == true)
            #expect(reply.json["labels"] == ["engineering", "key-contact"])
        }
    }

    @Test func updateAContact() async throws {
        try await QueryServer.withWriter { server, writer in
            try await server.append([
                .customer("cus_1", 42),
                .child(
                    "contact",
                    "con_1",
                    12,
                    of: "cus_1",
                    more: #","name":"Jane Doe","email":"jane.doe@example.com""#
                ),
            ])
            let before = try await writer.get("contacts/12")
            let untouched = try await writer.patch("contacts/12", "{}")
            #expect(untouched.status == 200)
            #expect(untouched.text == before.text)
            #expect(untouched.headers["hooklog-position"] == "2")
            let changed = try await writer.patch("contacts/12", #"{"title":"Senior Product Manager"}"#)
            #expect(changed.status == 200)
            #expect(changed.json.names == Self.members)
            #expect(changed.json["updated_at"] != before.json["updated_at"])
            let expected = before.json.merging([
                "title": "Senior Product Manager", "updated_at": changed.json["updated_at"] ?? .null,
            ])
            #expect(changed.json == expected)
            #expect(try await writer.get("contacts/con_1").text == changed.text)
        }
    }
}
