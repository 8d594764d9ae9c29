import Foundation
import Testing

/// The rules of customers: slugs, status, deletion with children.
@Suite(.timeLimit(.minutes(10)))
struct CustomerCommandTests {
    private static let members: Set<String> = [
        "object", "id", "display_id", "name", "slug", "domain", "status", "plan", "mrr", "monthly_orders",
        "hubspot_company_id", "hubspot_deal_id", "stripe_customer_id", "intercom_company_id", "slack_channel_id",
        "created_at", "updated_at",
    ]

    @Test func nameIsEnough() async throws {
        try await QueryServer.withWriter { _, writer in
            let reply = try await writer.post("customers", #"{"name":"Acme Co."}"#)
            #expect(reply.status == 201)
            #expect(reply.headers["hooklog-position"] == "1")
            #expect(reply.json.names == Self.members)
            #expect(reply.json["object"] == "customer")
            #expect(reply.json["display_id"] == 1)
            #expect(reply.json["slug"] == "acme-co")
            #expect(reply.json["status"] == "active")
            for name in ["domain", "plan", "mrr", "monthly_orders", "hubspot_deal_id", "slack_channel_id"] {
                #expect(reply.json[name] == .null)
            }
            #expect(try await writer.get("customers/1").text == reply.text)
            #expect(try await writer.get("customers?slug=acme-co").json["data"] == .array([reply.json]))
        }
    }

    @Test func everyAttributeIsKept() async throws {
        try await QueryServer.withWriter { server, writer in
            let given: [String: JSONValue] = [
                "name": "Acme", "slug": "Aurora 1", "domain": "acme.com", "status": "onboarding", "plan": "enterprise",
                "mrr": 125_000, "monthly_orders": 320, "hubspot_company_id": "1", "hubspot_deal_id": "2",
                "stripe_customer_id": "cus_3", "intercom_company_id": "4", "slack_channel_id": "C5",
            ]
            let body = #"""
                {"name":"Acme","slug":"Aurora 1","domain":"HTTPS://Acme.com/about","status":"onboarding",\#
                "plan":"enterprise","mrr":1.25e5,"monthly_orders":320,"hubspot_company_id":"1","hubspot_deal_id":"2",\#
                "stripe_customer_id":"cus_3","intercom_company_id":"4","slack_channel_id":"C5","display_id":77}
                """#
            let reply = try await writer.post("customers", body)
            #expect(reply.json == reply.json.merging(given).merging(["display_id": 1]))
            let nulls = given.keys.filter { !["name", "slug", "status"].contains($0) }.map { "\"\($0)\":null" }
            let cleared = try await writer.patch("customers/1", "{\(nulls.joined(separator: ","))}")
            #expect(cleared.status == 200)
            #expect(cleared.json["plan"] == .null)
            #expect(cleared.json["mrr"] == .null)
            #expect(try await server.eventTypes() == ["customer.created", "customer.updated"])
            #expect(try await server.differencesFromRebuild() == [])
        }
    }

    @Test func slugIsUniqueWhetherGivenOrDerived() async throws {
        try await QueryServer.withWriter { _, writer in
            _ = try await writer.post("customers", #"{"name":"Acme"}"#)
            for body in [#"{"name":"ACME!"}"#, #"{"name":"Other","slug":"acme"}"#] {
                let reply = try await writer.post("customers", body)
                #expect(reply.status == 409)
                #expect(reply.json["error"]?["type"] == "conflict")
                #expect(reply.code == "slug_taken")
                #expect(reply.json["error"]?["field"] == "slug")
            }
            let other = try await writer.post("customers", #"{"name":"ACME!","slug":"acme-2"}"#)
            #expect(other.json["display_id"] == 2)
            #expect(try await writer.patch("customers/2", #"{"slug":"acme"}"#).code == "slug_taken")
            #expect(try await writer.patch("customers/1", #"{"slug":"acme","name":"Renamed"}"#).json["slug"] == "acme")
            #expect(try await writer.delete("customers/1").status == 200)
            #expect(try await writer.patch("customers/2", #"{"slug":"acme"}"#).json["slug"] == "acme")
        }
    }

    @Test func nameWithoutLettersGivesANumberedSlug() async throws {
        try await QueryServer.withWriter { _, writer in
            for (name, slug) in [("株式会社", "customer-1"), ("!", "customer-2")] {
                let reply = try await writer.post("customers", #"{"name":"\#(name)"}"#)
                #expect(reply.json["slug"] == .string(slug))
            }
        }
    }

    @Test(arguments: [
        ("at_risk", "customer.at_risk"), ("churned", "customer.churned"), ("archived", "customer.archived"),
        ("onboarding", ""),
    ])
    func statusIsToldByItsOwnEvent(status: String, type: String) async throws {
        try await QueryServer.withWriter { server, writer in
            _ = try await writer.customer()
            let reply = try await writer.patch("customers/1", #"{"status":"\#(status)"}"#)
            #expect(reply.json["status"] == .string(status))
            let expected = ["customer.created", "customer.updated"] + (type.isEmpty ? [] : [type])
            #expect(try await server.eventTypes() == expected)
            #expect(reply.headers["hooklog-position"] == "\(expected.count)")
            let flags = try await server.texts("SELECT concat_ws(' ', at_risk, churned) FROM hooklog.customer")
            #expect(flags == ["\(status == "at_risk" ? "t" : "f") \(status == "churned" ? "t" : "f")"])
            #expect(try await writer.patch("customers/1", #"{"status":"active"}"#).json["status"] == "active")
            #expect(try await server.differencesFromRebuild() == [])
        }
    }

    @Test func deletedCustomerTakesItsChildrenFromTheLists() async throws {
        try await QueryServer.withWriter { server, writer in
            let customer = try await writer.customer()
            let contact = try await writer.contact("a@x.io", of: customer)
            let onboarding = try await writer.post("onboardings", #"{"customer_id":1}"#)
            let reply = try await writer.delete("customers/\(customer)")
            #expect(
                reply.json == .object(["object": "deleted", "id": .string(customer), "display_id": 1, "deleted": true])
            )
            #expect(try await writer.delete("customers/1").text == reply.text)
            for path in ["customers/1", "customers/\(customer)", "customers/1/contacts", "customers/1/onboardings"] {
                #expect(try await writer.get(path).code == "customer_not_found", "\(path)")
            }
            #expect(try await writer.patch("customers/1", "{}").code == "customer_not_found")
            #expect(try await writer.get("onboardings").ids == [])
            #expect(try await writer.get("contacts/\(contact)").status == 200)
            #expect(try await writer.get("onboardings/1").text == onboarding.text)
            let body = #"{"name":"B","email":"b@x.io"}"#
            #expect(try await writer.post("customers/1/contacts", body).code == "customer_not_found")
            #expect(try await writer.post("onboardings", #"{"customer_id":1}"#).code == "customer_not_found")
            #expect(try await writer.post("customers", #"{"name":"Acme"}"#).json["slug"] == "acme")
            #expect(try await server.eventTypes().filter { $0.hasSuffix(".deleted") } == ["customer.deleted"])
            #expect(try await server.differencesFromRebuild() == [])
        }
    }

    @Test func vendorsNumbersAreGoneOnFrom() async throws {
        try await QueryServer.withWriter { server, writer in
            try await server.append([.customer("cus_1", 4218)])
            #expect(try await writer.post("customers", #"{"name":"A"}"#).json["display_id"] == 4219)
            _ = try await writer.delete("customers/4219")
            #expect(try await writer.post("customers", #"{"name":"A"}"#).json["display_id"] == 4220)
            let test = Writer(server: server, key: try await server.makeKey(livemode: false, scope: .admin).text)
            #expect(try await test.post("customers", #"{"name":"A"}"#).json["display_id"] == 1)
            #expect(try await test.get("customers/4220").status == 404)
        }
    }
}
