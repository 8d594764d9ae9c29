import Testing

/// What a write leaves alone: what is known of other objects, and what it repeats.
@Suite(.timeLimit(.minutes(10)))
struct SurfaceReferenceTests {
    private static let id = "b27fd363-b75e-4ed1-af08-0b05119ea6b1"
    private static let other = "a27fd363-b75e-4ed1-af08-0b05119ea6b1"
    private static let tag = "c27fd363-b75e-4ed1-af08-0b05119ea6b1"

    private func deliver(_ server: QueryServer, _ kind: String, _ id: String, _ members: String) async throws {
        let parts = kind.split(separator: "/").map(String.init)
        let event = VendorEvent(system: parts[0], entityType: parts[1], entityID: id, id: kind + id, members: members)
        try await server.project([event])
    }

    /// Patches, and expects that it is as if nothing was done.
    private func expectNothing(
        _ client: VendorClient,
        _ path: String,
        _ body: String,
        method: String = "PATCH",
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let before = try await client.get(path)
        let events = try await client.server.eventTypes().count
        let reply = try await client.send(method, path, body)
        #expect(reply.status == 200, "\(reply.text)", sourceLocation: sourceLocation)
        #expect(reply.text == before.text, sourceLocation: sourceLocation)
        #expect(try await client.server.eventTypes().count == events, sourceLocation: sourceLocation)
    }

    @Test(arguments: [("client", "clients"), ("company", "companies")])
    func repeatedIDKeepsTheName(type: String, path: String) async throws {
        try await VendorClient.withRuddr { client in
            let members = #""name":"A","owner":{"id":"o1","name":"Jane"},"practice":{"id":"p1","name":"Law"}"#
            try await deliver(client.server, "ruddr/\(type)", Self.id, members)
            try await expectNothing(client, "\(path)/\(Self.id)", #"{"ownerId":"o1","practiceId":"p1"}"#)
            let reply = try await client.patch("\(path)/\(Self.id)", #"{"ownerId":"o2","practiceId":"p1"}"#)
            #expect(reply.json["owner"] == .object(["id": "o2", "name": nil]))
            #expect(reply.json["practice"] == .object(["id": "p1", "name": "Law"]))
            let cleared = try await client.patch("\(path)/\(Self.id)", #"{"practiceId":null}"#)
            #expect(cleared.json["practice"] == .null)
        }
    }

    @Test func tagsOfAClientKeepTheirNames() async throws {
        try await VendorClient.withRuddr { client in
            let tags = #"[{"id":"t1","name":"VIP"},{"id":"t2","name":"Old"}]"#
            try await deliver(client.server, "ruddr/client", Self.id, #""name":"A","tags":\#(tags)"#)
            try await expectNothing(client, "clients/\(Self.id)", #"{"tagIds":["t1","t2"]}"#)
            let reply = try await client.patch("clients/\(Self.id)", #"{"tagIds":["t3","t1"]}"#)
            #expect(reply.json["tags"]?.elements.map { $0["name"] } == [.null, "VIP"])
        }
    }

    @Test func contactKeepsTheTagsThatItHas() async throws {
        try await VendorClient.withRuddr { client in
            let tags = #"[{"id":"\#(Self.tag)","name":"VIP","color":"red"}]"#
            try await deliver(client.server, "ruddr/contact", Self.id, #""email":"a@x.io","name":"A","tags":\#(tags)"#)
            let path = "contacts/\(Self.id)"
            try await expectNothing(client, path, #"{"tagIds":["\#(Self.tag)"]}"#)
            try await expectNothing(client, path, #"{"tagIds":["\#(Self.tag.uppercased())"]}"#)
            #expect(try await client.get(path).json["tags"]?.elements.map { $0["name"] } == ["VIP"])
            let second = try await client.make("contact-tags", #"{"name":"Second"}"#)
            let both = try await client.patch(path, #"{"tagIds":["\#(Self.tag)","\#(second.uppercased())"]}"#)
            #expect(both.json["tags"]?.elements.map { $0["name"] } == ["VIP", "Second"])
            #expect(both.json["tags"]?.elements.first?["color"] == "red")
            let unknown = try await client.patch(path, #"{"tagIds":["\#(Self.other)"]}"#)
            #expect(unknown.json["errors"]?.only == "'tagIds' does not identify an existing object")
            _ = try await client.delete("contact-tags/\(second)")
            #expect(try await client.patch(path, #"{"tagIds":["\#(second)"]}"#).status == 400)
            #expect(try await client.server.differencesFromRebuild() == [])
        }
    }

    @Test func repeatedCountryAndStateKeepWhatIsKnown() async throws {
        try await VendorClient.withPiriod { client in
            let country = #"{"id":"US","name":"United States","currencies":["USD","USN"],"has_regulation":true}"#
            let state = #"{"id":"USAZ","name":"Arizona","country":"US"}"#
            let members = #""name":"A","country":\#(country),"state":\#(state),"currency":"USN""#
            try await deliver(client.server, "piriod/customer", "cus_1", members)
            let path = "customers/cus_1/"
            try await expectNothing(client, path, #"{"country":"US","state":"USAZ"}"#)
            try await expectNothing(client, path, #"{"name":"A","country":"US"}"#, method: "PUT")
            let moved = try await client.patch(path, #"{"country":"MX","state":"MXJAL"}"#)
            #expect(moved.json["country"]?["currencies"] == ["MXN"])
            #expect(moved.json["state"] == .object(["id": "MXJAL", "name": nil, "country": "MX"]))
            #expect(moved.json["currency"] == "USN")
            #expect(try await client.patch(path, #"{"country":"CL"}"#).json["state"] == .null)
        }
    }

    @Test func expandedReferencesAreReferences() async throws {
        try await VendorClient.withPiriod { client in
            let customer = try await client.make("customers/", #"{"name":"Acme","country":"CL"}"#)
            let unit = try await client.make("orgunits/", #"{"customer":"\#(customer)","name":"Sales"}"#)
            let references = #""customer":{"id":"\#(customer)"},"orgunit":{"id":\#(unit),"name":"Old"}"#
            try await deliver(client.server, "piriod/contact", "con_1", #""name":"J","email":"j@x.io",\#(references)"#)
            let path = "contacts/con_1/"
            try await expectNothing(client, path, #"{"customer":"\#(customer)","orgunit":"\#(unit)"}"#)
            #expect(try await client.get("\(path)?expand=orgunit").json["orgunit"]?["name"] == "Sales")
            let second = try await client.make("orgunits/", #"{"customer":"\#(customer)","name":"Legal"}"#)
            let moved = try await client.patch(path, #"{"orgunit":"\#(second)"}"#)
            #expect(moved.status == 200)
            #expect(moved.json["orgunit"]?.text == second)
        }
    }

    @Test(arguments: ["customer", "orgunit"]) func emptyTextIsNoReference(name: String) async throws {
        try await VendorClient.withPiriod { client in
            let refused = try await client.post("contacts/", #"{"name":"J","email":"j@x.io","\#(name)":""}"#)
            #expect(refused.status == 400)
            #expect(refused.json == .object([name: [#"Primary key "" invalid - object is not exists."#]]))
            let cleared = try await client.post("contacts/", #"{"name":"J","email":"j@x.io","\#(name)":null}"#)
            #expect(cleared.json[name] == .null)
        }
    }

    @Test func clashesOfTheVendorsOwnStay() async throws {
        try await VendorClient.withRuddr { client in
            for id in [Self.id, Self.other] {
                try await deliver(client.server, "ruddr/contact", id, #""email":"A@x.io","name":"A""#)
                try await deliver(client.server, "ruddr/client", id, #""name":"A","key":"acme""#)
            }
            let body = #"{"email":"A@x.io","title":"CEO"}"#
            #expect(try await client.patch("contacts/\(Self.id)", body).json["title"] == "CEO")
            #expect(try await client.patch("contacts/\(Self.id)", #"{"email":"a@X.io"}"#).json["email"] == "a@X.io")
            let renamed = try await client.patch("clients/\(Self.id)", #"{"key":"acme","name":"B"}"#)
            #expect(renamed.json["name"] == "B")
            let third = try await client.make("contacts", #"{"email":"b@x.io","name":"B"}"#)
            #expect(try await client.patch("contacts/\(third)", body).status == 409)
        }
    }

    @Test func clashOfPeopleStays() async throws {
        try await VendorClient.withStuut { client in
            for id in ["int_1", "int_2"] {
                try await deliver(client.server, "stuut/internal_contact", id, #""email":"A@x.io""#)
            }
            let reply = try await client.patch("v2/internal-contacts/int_1", #"{"email":"A@x.io","job_title":"CSM"}"#)
            #expect(reply.json["job_title"] == "CSM")
        }
    }

    @Test func nameThatIsNotTheSumOfItsPartsStays() async throws {
        try await VendorClient.withRuddr { client in
            let names = #""firstName":"J.","lastName":"Roe","name":"Dr. Roe","email":"a@x.io""#
            try await deliver(client.server, "ruddr/contact", Self.id, names)
            try await expectNothing(client, "contacts/\(Self.id)", #"{"firstName":"J.","lastName":"Roe"}"#)
            let renamed = try await client.patch("contacts/\(Self.id)", #"{"firstName":"Jane","lastName":"Roe"}"#)
            #expect(renamed.json["name"] == "Jane Roe")
        }
    }

    /// A fetched object may be without its id, or have another one than the notification.
    @Test func writeIsOfTheObjectThatWasFound() async throws {
        try await VendorClient.withPiriod { client in
            let head = #""event":"contact.updated","object_id":"con_1","occurred_at":"2026-05-26T18:42:00Z""#
            let data = #"{"id":"con_2","name":"J","email":"j@x.io"}"#
            try await client.server.deliver("piriod", ["{\(head),\"data\":\(data)}"])
            #expect(try await client.patch("contacts/con_1/", #"{"name":"K"}"#).json["name"] == "K")
            #expect(try await client.get("contacts/con_1/").json["name"] == "K")
            #expect(try await client.get("contacts/con_2/").status == 404)
            #expect(try await client.delete("contacts/con_1/").status == 204)
            #expect(try await client.get("contacts/con_1/").status == 404)
        }
    }
}
