import Testing

/// Stuut's partners and their contacts, over a socket.
@Suite(.timeLimit(.minutes(10)))
struct StuutPartnerTests {
    @Test func partnersAreMadeReadChangedAndDeleted() async throws {
        try await VendorClient.withStuut { client in
            let made = try await client.post(
                "v1/partners",
                #"{"name":"Acme","remote_id":"ERP-1","account_number":"7"}"#
            )
            #expect(made.status == 200)
            let id = try #require(made.json["id"]?.text)
            #expect(id.hasPrefix("ptn_"))
            #expect(made.json["object"] == "partner" && made.json["type"] == "customer")
            #expect(made.json["modified_at"] == .null)
            let changed = try await client.post("v1/partners/\(id)", #"{"is_contact_enrichment_enabled":true}"#)
            #expect(changed.status == 200)
            #expect(changed.json["is_contact_enrichment_enabled"] == true)
            #expect(changed.json["remote_id"] == "ERP-1")
            #expect(changed.json["modified_at"] != .null)
            #expect(try await client.get("v1/partners/\(id)").text == changed.text)
            #expect(try await client.send("PATCH", "v1/partners/\(id)", "{}").status == 405)
            #expect(try await client.delete("v1/partners/\(id)").status == 204)
            let gone = try await client.get("v1/partners/\(id)")
            #expect(gone.status == 404)
            #expect(gone.json == .object(["detail": "Partner not found."]))
        }
    }

    @Test func contactsHangOnTheirPartner() async throws {
        try await VendorClient.withStuut { client in
            let partner = try await client.make("v1/partners", #"{"name":"Acme"}"#)
            let path = "v1/partners/\(partner)/contacts"
            let body = #"{"email":"A@x.io","external_role":"billing_contact","custom_fields":{"a":[1,{"b":null}]}}"#
            let made = try await client.post(path, body)
            #expect(made.status == 200)
            #expect(made.json["partner_id"]?.text == partner)
            #expect(made.json["email"] == "A@x.io")
            #expect(made.json["is_primary"] == false)
            #expect(made.json["custom_fields"]?["a"]?.elements.first == 1)
            #expect(made.json.names.count == 27)
            let id = try #require(made.json["id"]?.text)
            let changed = try await client.post("\(path)/\(id)", #"{"is_primary":true,"job_title":"CFO"}"#)
            #expect(changed.json["is_primary"] == true && changed.json["external_role"] == "billing_contact")
            let refused = try await client.post("\(path)/\(id)", #"{"email":"","is_primary":"yes","custom_fields":[]}"#)
            #expect(refused.status == 422)
            let places = refused.json["detail"]?.elements.map { $0["loc"] }
            #expect(places == [["body", "email"], ["body", "custom_fields"], ["body", "is_primary"]])
            let people = try await client.server.send("/v1/contacts?source=stuut", key: client.key)
            #expect(people.json["data"]?.elements.first?["customer_id"]?.text == partner)
            #expect(people.json["data"]?.elements.first?["title"] == "CFO")
            #expect(try await client.delete("\(path)/\(id)").status == 204)
            #expect(try await client.get("\(path)/\(id)").status == 404)
        }
    }

    @Test func whatADeletedPartnerHadCanOnlyBeDeleted() async throws {
        try await VendorClient.withStuut { client in
            let partner = try await client.make("v1/partners", #"{"name":"Acme"}"#)
            let path = "v1/partners/\(partner)/contacts"
            let id = try await client.make(path, #"{"email":"a@x.io"}"#)
            _ = try await client.delete("v1/partners/\(partner)")
            for (method, path) in [("GET", path), ("GET", "\(path)/\(id)"), ("POST", "\(path)/\(id)"), ("POST", path)] {
                let reply = try await client.send(method, path, method == "POST" ? #"{"email":"b@x.io"}"# : nil)
                #expect(reply.status == 404)
                #expect(reply.json == .object(["detail": "Partner not found."]))
            }
            #expect(try await client.delete("v1/partners/ptn_none/contacts/\(id)").status == 404)
            #expect(try await client.delete("\(path)/\(id)").status == 204)
            #expect(try await client.delete("\(path)/\(id)").json == .object(["detail": "Partner not found."]))
            #expect(try await client.server.eventTypes().last == "partner_contact.deleted")
        }
    }

    @Test func pagesAreNumberedFromZero() async throws {
        try await VendorClient.withStuut { client in
            var made: [String] = []
            for name in ["c", "a", "b"] { made.append(try await client.make("v1/partners", #"{"name":"\#(name)"}"#)) }
            let list = try await client.get("v1/partners")
            #expect(list.json.names == ["data"])
            #expect(try await client.ids("v1/partners") == made.reversed())
            #expect(try await client.ids("v1/partners?limit=2&page=1") == [made[0]])
            #expect(try await client.ids("v1/partners?page=9") == [])
            #expect(try await client.ids("v1/partners?sort_order=asc&limit=2") == Array(made[..<2]))
            #expect(try await client.ids("v1/partners?sort_by=name") == [made[1], made[2], made[0]])
            #expect(try await client.ids("v1/partners?sort_by=name&sort_order=desc&limit=1") == [made[0]])
            #expect(try await client.ids("v1/partners?limit=200").count == 3)
        }
    }

    @Test(arguments: [
        ("limit=0", "greater_than_equal"), ("limit=201", "less_than_equal"), ("limit=x", "int_type"),
        ("page=-1", "greater_than_equal"), ("sort_order=up", "enum"), ("sort_by=nothing", "enum"),
    ])
    func parametersAreJudged(query: String, type: String) async throws {
        try await VendorClient.withStuut { client in
            for path in ["v1/partners", "v2/internal-contacts"] {
                let reply = try await client.get("\(path)?\(query)")
                #expect(reply.status == 422)
                let detail = reply.json["detail"]?.elements.first
                #expect(detail?["type"]?.text == type)
                #expect(detail?["loc"]?.elements.first == "query")
            }
        }
    }

    @Test func keysAreCheckedFirst() async throws {
        try await VendorClient.withStuut { client in
            for value in [nil, "Token \(client.key)", "Bearer x"] {
                let reply = try await client.authorized(value).post("v2/internal-contacts", "{")
                #expect(reply.status == 401)
                #expect(reply.json.names == ["detail"])
            }
            let reader = client.authorized("Bearer \(try await client.server.makeKey().text)")
            #expect(try await reader.post("v2/internal-contacts", "{").status == 403)
            #expect(try await client.get("v3/partners").json.names == ["detail"])
        }
    }
}
