import EventLog
import Foundation
import Testing

/// The rules of contacts: e-mail addresses, the primary one, deletion.
@Suite(.timeLimit(.minutes(10)))
struct ContactCommandTests {
    @Test func emailIsLowerCasedAndUniquePerCustomer() async throws {
        try await QueryServer.withWriter { _, writer in
            let (one, other) = (try await writer.customer("One"), try await writer.customer("Other"))
            let first = try await writer.contact("Alice@Example.com", of: one)
            for body in [#"{"name":"B","email":"alice@example.COM"}"#, #"{"name":"B","email":"alice@example.com"}"#] {
                let reply = try await writer.post("customers/\(one)/contacts", body)
                #expect(reply.status == 409)
                #expect(reply.json["error"]?["type"] == "conflict")
                #expect(reply.code == "email_taken")
                #expect(reply.json["error"]?["field"] == "email")
            }
            _ = try await writer.contact("alice@example.com", of: other)
            let second = try await writer.contact("bob@example.com", of: one)
            #expect(
                try await writer.patch("contacts/\(second)", #"{"email":"ALICE@example.com"}"#).code == "email_taken"
            )
            #expect(try await writer.patch("contacts/\(first)", #"{"email":"ALICE@example.com"}"#).status == 200)
            #expect(try await writer.delete("contacts/\(first)").status == 200)
            #expect(try await writer.patch("contacts/\(second)", #"{"email":"alice@example.com"}"#).status == 200)
        }
    }

    /// What one command decides happens at one moment, under the ids that the events themselves have.
    @Test func eventsOfACommandShareTheirTime() async throws {
        try await QueryServer.withWriter { server, writer in
            let customer = try await writer.customer()
            let primary = #"{"name":"A","email":"a@x.io","is_primary":true}"#
            #expect(try await writer.post("customers/\(customer)/contacts", primary).status == 201)
            let other = primary.replacing("a@x.io", with: "b@x.io")
            #expect(try await writer.post("customers/\(customer)/contacts", other).status == 201)
            #expect(try await writer.patch("customers/\(customer)", #"{"status":"at_risk"}"#).status == 200)
            let times = "SELECT count(DISTINCT occurred_at) FROM hooklog.event WHERE position"
            #expect(try await server.number("\(times) IN (3, 4)") == 1)
            #expect(try await server.number("\(times) IN (5, 6)") == 1)
            #expect(try await server.number("SELECT count(*) FROM hooklog.event WHERE delivery_id IS NULL") == 6)
        }
    }

    @Test func emailOfAVendorsContactIsTaken() async throws {
        try await QueryServer.withWriter { server, writer in
            try await server.append([
                .customer("cus_1", 7), .child("contact", "con_1", 4, of: "cus_1", more: #","email":"Jo@Acme.com""#),
            ])
            let reply = try await writer.post("customers/7/contacts", #"{"name":"Jo","email":"jo@acme.com"}"#)
            #expect(reply.code == "email_taken")
            #expect(
                try await writer.post("customers/7/contacts", #"{"name":"Jo","email":"j@acme.com"}"#).json["display_id"]
                    == 5
            )
        }
    }

    @Test func objectThatWouldBeTooLargeIsRefusedAndLeftAsItWas() async throws {
        try await QueryServer.withWriter { server, writer in
            let notes = String(repeating: "x", count: 524_000 - 200)
            try await server.append([
                .customer("cus_1", 7), .child("contact", "con_1", 4, of: "cus_1", more: #","notes":"\#(notes)""#),
            ])
            let before = try await writer.get("contacts/con_1").text
            let reply = try await writer.patch("contacts/con_1", #"{"name":"\#(String(repeating: "y", count: 250))"}"#)
            #expect(reply.status == 413, "\(reply.text.prefix(500))")
            #expect(reply.text.contains("512 KiB"))
            #expect(try await writer.get("contacts/con_1").text == before)
            #expect(try await server.eventTypes() == ["customer.created", "contact.created"])
        }
    }

    @Test func promotionDemotesTheOneBefore() async throws {
        try await QueryServer.withWriter { server, writer in
            let customer = try await writer.customer()
            let first = try await writer.contact("a@x.io", of: customer, more: #","is_primary":true"#)
            let second = try await writer.contact("b@x.io", of: customer)
            let third = try await writer.contact("c@x.io", of: customer, more: #","is_primary":true"#)
            #expect(try await writer.get("contacts/\(first)").json["is_primary"] == false)
            #expect(try await writer.patch("contacts/\(second)", #"{"is_primary":true}"#).json["is_primary"] == true)
            #expect(try await writer.get("contacts/\(third)").json["is_primary"] == false)
            #expect(try await writer.patch("contacts/\(second)", #"{"is_primary":false}"#).json["is_primary"] == false)
            #expect(
                try await server.eventTypes() == [
                    "customer.created", "contact.created", "contact.created", "contact.updated", "contact.created",
                    "contact.updated", "contact.updated", "contact.updated",
                ]
            )
            let demotion = try await server.texts(
                """
                SELECT concat_ws(' ', entity_id, payload #>> '{data,object,is_primary}',
                    payload #> '{data,previous_attributes}')
                FROM hooklog.event WHERE position = 4
                """
            )
            #expect(demotion == [#"\#(first) false {"is_primary": true}"#])
            #expect(try await server.differencesFromRebuild() == [])
        }
    }

    @Test func firstContactIsNotPrimaryByItself() async throws {
        try await QueryServer.withWriter { _, writer in
            let contact = try await writer.contact("a@x.io", of: try await writer.customer())
            #expect(try await writer.get("contacts/\(contact)").json["is_primary"] == false)
        }
    }

    @Test func onlyChangesAreRecorded() async throws {
        try await QueryServer.withWriter { server, writer in
            let contact = try await writer.contact("a@x.io", of: try await writer.customer())
            let same = #"{"name":"Alice","email":"A@x.io","title":null,"labels":[],"is_primary":false,"id":"x","x":1}"#
            let untouched = try await writer.patch("contacts/\(contact)", same)
            #expect(untouched.status == 200)
            #expect(untouched.headers["hooklog-position"] == "2")
            let changed = try await writer.patch(
                "contacts/\(contact)",
                #"{"name":"Bob","title":"CTO","email":"a@x.io"}"#
            )
            #expect(changed.headers["hooklog-position"] == "3")
            #expect(
                try await server.texts(
                    "SELECT payload #> '{data,previous_attributes}' FROM hooklog.event WHERE position = 3"
                ) == [#"{"name": "Alice", "title": null}"#]
            )
            #expect(try await writer.patch("contacts/\(contact)", #"{"title":null}"#).json["title"] == .null)
        }
    }

    @Test func deletionIsAnsweredAlikeEachTime() async throws {
        try await QueryServer.withWriter { server, writer in
            let customer = try await writer.customer()
            let contact = try await writer.contact("a@x.io", of: customer)
            let reply = try await writer.delete("contacts/1")
            #expect(reply.status == 200)
            #expect(
                reply.json == .object(["object": "deleted", "id": .string(contact), "display_id": 1, "deleted": true])
            )
            for id in ["1", contact] {
                let again = try await writer.delete("contacts/\(id)")
                #expect(again.status == 200)
                #expect(again.text == reply.text)
                #expect(try await writer.get("contacts/\(id)").code == "contact_not_found")
                #expect(try await writer.patch("contacts/\(id)", "{}").code == "contact_not_found")
            }
            #expect(try await writer.get("customers/1/contacts").ids == [])
            let successor = try await writer.contact("a@x.io", of: customer)
            #expect(try await writer.get("contacts/2").json["id"] == .string(successor))
            #expect(try await server.eventTypes().filter { $0 == "contact.deleted" }.count == 1)
            #expect(try await server.differencesFromRebuild() == [])
        }
    }

    @Test func eventHasTheShapeOfAWebhook() async throws {
        try await QueryServer.withWriter { server, writer in
            let key = try await server.makeKey(livemode: false, scope: .write)
            let tester = Writer(server: server, key: key.text)
            let customer = try await tester.customer()
            let contact = try await tester.contact("a@x.io", of: customer)
            let events = try await writer.get("../../v1/events")
            #expect(events.status != 500)
            let reply = try await server.send("/v1/events/2", key: key.text)
            let event = reply.json
            #expect(event["actor"]?.text == "api_\(key.key.id.rawValue)")
            #expect(event["system"] == "pivotal")
            #expect(event["livemode"] == false)
            let payload = try #require(event["payload"])
            #expect(payload.names == ["id", "type", "created_at", "org_id", "livemode", "api_version", "data"])
            #expect(try #require(payload["id"]?.text).wholeMatch(of: /evt_[0-9a-f]{32}/) != nil)
            #expect(payload["type"] == "contact.created")
            #expect(payload["org_id"]?.text == "org_\(server.workspace.id.rawValue)")
            #expect(payload["livemode"] == false)
            #expect(payload["api_version"] == "v1")
            #expect(
                payload["data"]
                    == .object([
                        "object": .object([
                            "id": .string(contact), "display_id": 1, "customer_id": .string(customer), "name": "Alice",
                            "email": "a@x.io", "title": .null, "is_primary": false, "labels": [],
                        ])
                    ])
            )
            #expect(payload["created_at"] == event["occurred_at"])
        }
    }
}
