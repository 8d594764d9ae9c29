import Testing

/// Ruddr's contacts, over a socket.
@Suite(.timeLimit(.minutes(10)))
struct RuddrContactTests {
    private static let jane = #"{"firstName":"Jane","lastName":"Doe","email":"jane.doe@acmecorp.com"}"#
    /// The members that the vendor's page shows, in its order.
    private static let members = [
        "id", "firstName", "lastName", "name", "email", "title", "description", "officePhone", "mobilePhone", "fax",
        "websiteUrl", "createdAt", "createdBy", "ownerId", "timeZoneId", "tags", "salesforceId", "hubspotId",
    ]

    @Test func updateOfTheVendorsPage() async throws {
        try await VendorClient.withRuddr { client in
            let id = try await client.make("contacts", Self.jane)
            let tag = try await client.make("contact-tags", #"{"name":"Executive Sponsor"}"#)
            let reply = try await client.patch(
                "contacts/\(id)",
                #"""
                {"firstName":"Jane","lastName":"Doe","name":"Jane Doe","email":"jane.doe@acmecorp.com",
                "title":"Vice President of Operations","description":"Key stakeholder.","officePhone":"1-508-367-0989",
                "mobilePhone":"1-339-908-7090","fax":"1-508-367-0990","websiteUrl":"https://acmecorp.com",
                "ownerId":"df15e83f-5353-4b89-b2cd-d7018ff11b07","timeZoneId":"bd8457a1-7a5f-46da-80d1-42671604d3fc",
                "tagIds":["\#(tag)"]}
                """#
            )
            #expect(reply.status == 200)
            #expect(reply.headers["content-type"] == "application/json")
            #expect(reply.headers["hooklog-position"] == "3")
            #expect(reply.json.names == Set(Self.members))
            let places = Self.members.map { reply.text.range(of: "\"\($0)\" :")?.lowerBound ?? reply.text.endIndex }
            #expect(places == places.sorted())
            #expect(reply.json["title"] == "Vice President of Operations")
            #expect(reply.json["ownerId"] == "df15e83f-5353-4b89-b2cd-d7018ff11b07")
            #expect(reply.json["tags"]?.elements.map { $0["id"] } == [.string(tag)])
            #expect(reply.json["tags"]?.elements.map { $0["name"] } == ["Executive Sponsor"])
            #expect(reply.json["createdBy"] == .null && reply.json["hubspotId"] == .null)
            let time = try #require(reply.json["createdAt"]?.text)
            #expect(time.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
            #expect(try await client.get("contacts/\(id)").text == reply.text)
        }
    }

    @Test func emptyTextMeansNull() async throws {
        try await VendorClient.withRuddr { client in
            let id = try await client.make("contacts", Self.jane)
            _ = try await client.patch("contacts/\(id)", #"{"title":"CEO","fax":"1"}"#)
            let reply = try await client.patch("contacts/\(id)", #"{"title":"  ","fax":null}"#)
            #expect(reply.json["title"] == .null && reply.json["fax"] == .null)
            for name in ["firstName", "lastName", "name", "email"] {
                for value in [#""""#, #"" ""#, "null"] {
                    let refused = try await client.patch("contacts/\(id)", "{\"\(name)\":\(value)}")
                    #expect(refused.status == 400)
                    #expect(refused.json["errors"]?.only == "'\(name)' is required")
                }
            }
        }
    }

    @Test(arguments: [
        ("firstName", 127), ("lastName", 127), ("name", 255), ("email", 255), ("title", 255), ("description", 5000),
        ("officePhone", 255), ("mobilePhone", 255), ("fax", 255), ("websiteUrl", 255),
    ])
    func lengthsAreLimited(name: String, most: Int) async throws {
        try await VendorClient.withRuddr { client in
            let id = try await client.make("contacts", Self.jane)
            let longest = String(repeating: "é", count: most)
            let kept = try await client.patch("contacts/\(id)", "{\"\(name)\":\"\(longest)\"}")
            #expect(kept.json[name]?.text == longest)
            let refused = try await client.patch("contacts/\(id)", "{\"\(name)\":\"\(longest)x\"}")
            #expect(refused.status == 400)
            #expect(refused.json["status"] == 400)
            let message = "There was a problem processing your request. See errors for more details."
            #expect(refused.json["message"]?.text == message)
            #expect(refused.json["errors"]?.only == "'\(name)' must be at most \(most) characters")
        }
    }

    @Test func emailIsUnique() async throws {
        try await VendorClient.withRuddr { client in
            let jane = try await client.make("contacts", Self.jane)
            let clash = #"{"name":"Other","email":"JANE.doe@AcmeCorp.com"}"#
            let refused = try await client.post("contacts", clash)
            #expect(refused.status == 409)
            #expect(refused.json["status"] == 409)
            #expect(refused.json["message"]?.text?.contains("'email'") == true)
            let other = try await client.make("contacts", #"{"name":"Other","email":"other@x.io"}"#)
            #expect(try await client.patch("contacts/\(other)", clash).status == 409)
            #expect(try await client.patch("contacts/\(jane)", Self.jane).status == 200)
            #expect(try await client.delete("contacts/\(jane)").status == 204)
            #expect(try await client.patch("contacts/\(other)", clash).status == 200)
        }
    }

    @Test func namesMakeEachOther() async throws {
        try await VendorClient.withRuddr { client in
            func names(_ reply: QueryReply) -> [String?] {
                ["firstName", "lastName", "name"].map { reply.json[$0]?.text }
            }
            let made = try await client.post("contacts", #"{"firstName":"Jane","lastName":"Doe","email":"a@x.io"}"#)
            #expect(names(made) == ["Jane", "Doe", "Jane Doe"])
            let id = try #require(made.json["id"]?.text)
            let renamed = try await client.patch("contacts/\(id)", #"{"lastName":"Roe"}"#)
            #expect(names(renamed) == ["Jane", "Roe", "Jane Roe"])
            let named = try await client.patch("contacts/\(id)", #"{"name":"Dr. Roe","firstName":"J."}"#)
            #expect(names(named) == ["J.", "Roe", "Dr. Roe"])
            let whole = try await client.post("contacts", #"{"name":"Ada van Berg","email":"b@x.io"}"#)
            #expect(names(whole) == ["Ada", "van Berg", "Ada van Berg"])
            let single = try await client.post("contacts", #"{"name":"Madonna","email":"c@x.io"}"#)
            #expect(names(single) == ["Madonna", "", "Madonna"])
            let nameless = try await client.post("contacts", #"{"email":"d@x.io"}"#)
            #expect(nameless.json["errors"]?.only == "'name' is required")
        }
    }

    @Test func tagsAreTheOnesThatAreGiven() async throws {
        try await VendorClient.withRuddr { client in
            let id = try await client.make("contacts", Self.jane)
            let first = try await client.make("contact-tags", #"{"name":"First"}"#)
            let second = try await client.make("contact-tags", #"{"name":"Second"}"#)
            func names(_ reply: QueryReply) -> [String?]? { reply.json["tags"]?.elements.map { $0["name"]?.text } }
            let both = try await client.patch("contacts/\(id)", #"{"tagIds":["\#(second)","\#(first)","\#(second)"]}"#)
            #expect(names(both) == ["Second", "First"])
            #expect(try await names(client.patch("contacts/\(id)", #"{"title":"x"}"#)) == ["Second", "First"])
            _ = try await client.patch("contact-tags/\(first)", #"{"name":"Renamed"}"#)
            #expect(try await names(client.get("contacts/\(id)")) == ["Second", "Renamed"])
            _ = try await client.delete("contact-tags/\(second)")
            #expect(try await names(client.get("contacts/\(id)")) == ["Renamed"])
            let unknown = try await client.patch("contacts/\(id)", #"{"tagIds":["\#(second)"]}"#)
            #expect(unknown.status == 400)
            #expect(unknown.json["errors"]?.only == "'tagIds' does not identify an existing object")
            #expect(try await names(client.patch("contacts/\(id)", #"{"tagIds":[]}"#)) == [])
        }
    }

    @Test func changesNothingWithoutAChange() async throws {
        try await VendorClient.withRuddr { client in
            let id = try await client.make("contacts", Self.jane)
            let before = try await client.get("contacts/\(id)")
            for body in ["{}", Self.jane, #"{"title":null,"unknown":1,"id":"x","tagIds":[]}"#] {
                let reply = try await client.patch("contacts/\(id)", body)
                #expect(reply.status == 200)
                #expect(reply.text == before.text)
                #expect(reply.headers["hooklog-position"] == "1")
            }
        }
    }
}
