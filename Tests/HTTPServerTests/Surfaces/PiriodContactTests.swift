import Testing

/// Piriod's contacts, over a socket.
@Suite(.timeLimit(.minutes(10)))
struct PiriodContactTests {
    private static let members: Set<String> = [
        "name", "email", "id", "customer", "orgunit", "phone", "invoicing", "collections", "created", "updated",
    ]

    private func customer(_ client: VendorClient) async throws -> String {
        try await client.make("customers/", #"{"name":"Acme","country":"CL"}"#)
    }

    private func contact(_ number: Int, _ customer: String, unit: String = "null") -> String {
        #"{"name":"N","email":"n\#(number)@x.io","customer":"\#(customer)","orgunit":\#(unit)}"#
    }

    @Test func partialUpdateOfTheVendorsPage() async throws {
        try await VendorClient.withPiriod { client in
            let customer = try await customer(client)
            let unit = try await client.make("orgunits/", #"{"customer":"\#(customer)","name":"Sales"}"#)
            let id = try await client.make("contacts/", #"{"name":"J","email":"j@example.com"}"#)
            #expect(id.hasPrefix("con_"))
            let reply = try await client.patch(
                "contacts/\(id)/",
                #"""
                {"name":"John","email":"jsmith@example.com","customer":"\#(customer)","orgunit":"\#(unit)",
                "phone":"123456789012","invoicing":true,"collections":true}
                """#
            )
            #expect(reply.status == 200)
            #expect(reply.json.names == Self.members)
            #expect(reply.json["id"]?.text == id)
            #expect(reply.json["customer"]?.text == customer)
            #expect(reply.json["orgunit"]?.text == unit)
            #expect(reply.json["phone"] == "123456789012")
            #expect(reply.json["updated"] != reply.json["created"])
            #expect(try await client.get("contacts/\(id)/").text == reply.text)
            #expect(try await client.get("contacts/\(id)").text == reply.text)
        }
    }

    @Test func creationAnswers201() async throws {
        try await VendorClient.withPiriod { client in
            let reply = try await client.post("contacts/", #"{"name":"J","email":"j@example.com"}"#)
            #expect(reply.status == 201)
            #expect(reply.json.names == Self.members)
            #expect(reply.json["customer"] == .null && reply.json["phone"] == .null)
            #expect(reply.json["invoicing"] == true && reply.json["collections"] == true)
            #expect(reply.json["created"] == reply.json["updated"])
            let id = try #require(reply.json["id"]?.text)
            let event = try await client.server.send("/v1/events/1", key: client.key)
            #expect(event.json["type"] == "contact.created" && event.json["system"] == "piriod")
            #expect(event.json["payload"]?.names == ["event", "object_id", "occurred_at", "livemode", "data"])
            #expect(event.json["payload"]?["object_id"]?.text == id)
            let deleted = try await client.delete("contacts/\(id)/")
            #expect(deleted.status == 204 && deleted.text.isEmpty)
            for method in ["GET", "DELETE"] {
                let gone = try await client.send(method, "contacts/\(id)/")
                #expect(gone.status == 404)
                #expect(gone.json == .object(["detail": "Not found."]))
            }
        }
    }

    @Test(arguments: [
        ("{}", ["name": "This field is required.", "email": "This field is required."]),
        (
            #"{"name":null,"email":""}"#,
            ["name": "This field may not be null.", "email": "This field may not be blank."]
        ),
        (#"{"name":7,"email":"x"}"#, ["name": "Not a valid string.", "email": "Enter a valid email address."]),
        (
            #"{"name":"n","email":"a@x.io","phone":"1234567890123","invoicing":"yes","collections":null}"#,
            [
                "phone": "Ensure this field has no more than 12 characters.", "invoicing": "Must be a valid boolean.",
                "collections": "This field may not be null.",
            ]
        ),
        (
            #"{"name":"n","email":"a@x.io","customer":"cus_none"}"#,
            ["customer": #"Primary key "cus_none" invalid - object is not exists."#]
        ),
        (
            #"{"name":"n","email":"a@x.io","orgunit":12}"#,
            ["orgunit": #"Primary key "12" invalid - object is not exists."#]
        ),
        ("{", ["non_field_errors": "The body is not valid JSON."]),
    ])
    func bodiesAreJudged(body: String, errors: [String: String]) async throws {
        try await VendorClient.withPiriod { client in
            let reply = try await client.post("contacts/", body)
            #expect(reply.status == 400)
            #expect(reply.json == .object(errors.mapValues { [.string($0)] }))
        }
    }

    @Test func nameHasSixtyFourCharactersAtMost() async throws {
        try await VendorClient.withPiriod { client in
            let name = String(repeating: "ñ", count: 64)
            #expect(try await client.post("contacts/", #"{"name":"\#(name)","email":"a@x.io"}"#).status == 201)
            let reply = try await client.post("contacts/", #"{"name":"\#(name)x","email":"a@x.io"}"#)
            #expect(reply.json["name"]?.only == "Ensure this field has no more than 64 characters.")
        }
    }

    @Test func sevenContactsAreTheMostOfAnOrgUnitAndOfNone() async throws {
        try await VendorClient.withPiriod { client in
            let customer = try await customer(client)
            let unit = try await client.make("orgunits/", #"{"customer":"\#(customer)","name":"Sales"}"#)
            var ids: [String] = []
            for number in 0..<7 {
                ids.append(try await client.make("contacts/", contact(number, customer)))
                _ = try await client.make("contacts/", contact(number, customer, unit: unit))
            }
            for place in ["null", unit] {
                let eighth = try await client.post("contacts/", contact(8, customer, unit: place))
                #expect(eighth.status == 400)
                #expect(eighth.json.names == ["non_field_errors"])
                #expect(eighth.json["non_field_errors"]?.only?.contains("contacts") == true)
            }
            #expect(try await client.patch("contacts/\(ids[0])/", #"{"orgunit":\#(unit)}"#).status == 400)
            #expect(try await client.patch("contacts/\(ids[0])/", #"{"name":"Other"}"#).status == 200)
            _ = try await client.delete("contacts/\(ids[1])/")
            #expect(try await client.post("contacts/", contact(8, customer)).status == 201)
            let other = try await client.make("customers/", #"{"name":"Other","country":"MX"}"#)
            #expect(try await client.patch("contacts/\(ids[0])/", #"{"customer":"\#(other)"}"#).status == 200)
            let foreign = try await client.patch("contacts/\(ids[0])/", #"{"orgunit":"\#(unit)"}"#)
            #expect(foreign.json.names == ["orgunit"])
            #expect(try await client.server.differencesFromRebuild() == [])
        }
    }

    @Test func limitHoldsForManyAtOnce() async throws {
        try await VendorClient.withPiriod { client in
            let customer = try await customer(client)
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<16 {
                    group.addTask { try await client.post("contacts/", contact(number, customer)).status }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.filter { $0 == 201 }.count == 7)
            #expect(statuses.filter { $0 == 400 }.count == 9)
        }
    }

    @Test func replacementNeedsWhatANewOneNeeds() async throws {
        try await VendorClient.withPiriod { client in
            let id = try await client.make("contacts/", #"{"name":"J","email":"j@example.com","phone":"1"}"#)
            let refused = try await client.send("PUT", "contacts/\(id)/", #"{"name":"K"}"#)
            #expect(refused.json == .object(["email": ["This field is required."]]))
            let reply = try await client.send("PUT", "contacts/\(id)/", #"{"name":"K","email":"k@example.com"}"#)
            #expect(reply.status == 200)
            #expect(reply.json["name"] == "K" && reply.json["phone"] == "1")
        }
    }

    @Test func listsAreFilteredAndExpanded() async throws {
        try await VendorClient.withPiriod { client in
            let customer = try await customer(client)
            let unit = try await client.make("orgunits/", #"{"customer":"\#(customer)","name":"Sales"}"#)
            let one = try await client.make("contacts/", contact(1, customer, unit: unit))
            let two = try await client.make("contacts/", contact(2, customer))
            let three = try await client.make("contacts/", #"{"name":"Zoe","email":"Z@x.io","invoicing":false}"#)
            let expected = [
                ("", [three, two, one]), ("?customer=\(customer)", [two, one]), ("?orgunit=\(unit)", [one]),
                ("?email=z@X.io", [three]), ("?name=N&ordering=created", [one, two]), ("?invoicing=false", [three]),
                ("?collections=true&customer=\(customer)&name=N&orgunit=\(unit)", [one]), ("?name__in=Zoe,Q", [three]),
                ("?ordering=nothing", [three, two, one]), ("?created__gte=2020-01-01", [three, two, one]),
                ("?created__lt=2020-01-01T00:00:00-03:00", []), ("?customer=cus_none", []),
            ]
            for (query, ids) in expected {
                #expect(try await client.ids("contacts/\(query)") == ids, "\(query)")
            }
            #expect(try await client.ids("contacts/?ordering=-name&page_size=1") == [three])
            let list = try await client.get("contacts/?orgunit=\(unit)&expand=orgunit")
            #expect(list.json["results"]?.elements.first?["orgunit"]?["name"] == "Sales")
            let object = try await client.get("contacts/\(one)/?expand=orgunit")
            #expect(object.json["orgunit"]?["id"]?.identifier == unit)
            #expect(try await client.get("contacts/?invoicing=maybe").status == 400)
            #expect(try await client.get("contacts/?created__gte=yesterday").status == 400)
        }
    }
}
