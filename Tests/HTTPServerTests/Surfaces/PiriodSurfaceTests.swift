import Testing

/// What all of Piriod's endpoints have in common, and its customers and org units.
@Suite(.timeLimit(.minutes(10)))
struct PiriodSurfaceTests {
    @Test func callerSaysWhoItIs() async throws {
        try await VendorClient.withPiriod { client in
            let nobody = client.authorized(nil)
            #expect(
                try await nobody.get("contacts/").json
                    == .object(["detail": "Authentication credentials were not provided."])
            )
            for value in ["Bearer \(client.key)", "Token x", "Token \(client.key)x", "x"] {
                let reply = try await client.authorized(value).get("contacts/")
                #expect(reply.status == 401)
                #expect(reply.json.names == ["detail"])
                #expect(reply.headers["www-authenticate"] == "Token")
            }
            for value in ["token \(client.key)", client.key] {
                #expect(try await client.authorized(value).get("contacts/").status == 200)
            }
            let reader = client.authorized("Token \(try await client.server.makeKey().text)")
            #expect(try await reader.get("contacts/").status == 200)
            #expect(try await reader.post("contacts/", "{}").status == 403)
        }
    }

    @Test func workspaceIsNamed() async throws {
        try await VendorClient.withPiriod { client in
            var other = client
            func named(_ name: String?) -> VendorClient {
                other.headers.removeAll { $0.0 == "x-simple-workspace" }
                if let name { other.headers.append(("x-simple-workspace", name)) }
                return other
            }
            let id = client.server.workspace.id.rawValue
            for name in ["acme", "\(id)", "acc_\(id)"] {
                #expect(try await named(name).get("contacts/").status == 200)
                #expect(try await named(name).post("contacts/", #"{"name":"n","email":"a@x.io"}"#).status == 201)
            }
            let missing = try await named(nil).get("contacts/")
            #expect(missing.status == 400)
            #expect(missing.json == .object(["non_field_errors": ["x-simple-workspace header is required."]]))
            #expect(try await named(nil).post("contacts/", "{").json == missing.json)
            #expect(try await named(nil).authorized("Token x").get("contacts/").status == 401)
            _ = try await WorkspaceMaker.make("other", client.server)
            for name in ["other", "nothing", "acc_99"] {
                let foreign = try await named(name).get("contacts/")
                #expect(foreign.status == 403)
                #expect(foreign.json.names == ["detail"])
                #expect(try await named(name).post("contacts/", #"{"name":"n","email":"a@x.io"}"#).status == 403)
            }
            #expect(try await client.ids("contacts/").count == 3)
        }
    }

    @Test func testDataIsAskedFor() async throws {
        try await VendorClient.withPiriod { client in
            let tester = client.authorized(
                "Token \(try await client.server.makeKey(livemode: false, scope: .write).text)"
            )
            let test = [("x-piriod-test-mode", "true")]
            let made = try await tester.send("POST", "customers/", #"{"name":"T","country":"CL"}"#, more: test)
            #expect(made.status == 201)
            #expect(made.json["test_mode"] == true)
            let modes = try await client.server.texts("SELECT document ->> 'test_mode' FROM hooklog.customer")
            #expect(modes == ["true"])
            #expect(try await tester.get("customers/").status == 403)
            #expect(try await tester.send("GET", "customers/", more: [("x-piriod-test-mode", "false")]).status == 403)
            #expect(try await client.get("customers/").json["count"] == 0)
            let live = [("x-piriod-test-mode", "false")]
            #expect(try await client.send("GET", "customers/", more: live).json["count"] == 0)
            #expect(try await tester.send("GET", "customers/", more: test).json["count"] == 1)
        }
    }

    @Test func liveKeyReachesBothKindsOfDataAndKeepsThemApart() async throws {
        try await VendorClient.withPiriod { client in
            var test = client
            test.headers.append(("x-piriod-test-mode", "true"))
            let live = try await client.make("customers/", #"{"name":"L","country":"CL"}"#)
            let made = try await test.make("customers/", #"{"name":"T","country":"CL"}"#)
            let sides = [(client, test, live, made, false), (test, client, made, live, true)]
            for (own, other, id, foreign, isTest) in sides {
                #expect(try await own.ids("customers/") == [id])
                #expect(try await own.get("customers/").json["count"] == 1)
                #expect(try await own.get("customers/\(id)/").json["test_mode"] == (isTest ? true : false))
                #expect(try await own.get("customers/\(foreign)/").status == 404)
                #expect(try await own.patch("customers/\(foreign)/", #"{"name":"X"}"#).status == 404)
                #expect(try await own.delete("customers/\(foreign)/").status == 404)
                #expect(try await own.post("orgunits/", #"{"customer":"\#(foreign)","name":"U"}"#).status == 400)
                // What is written is written where it is asked for, and an idempotency key counts for that data only.
                let more = [("Idempotency-Key", "k1")]
                let body = #"{"customer":"\#(id)","name":"U"}"#
                let unit = try await own.send("POST", "orgunits/", body, more: more)
                #expect(unit.status == 201 && unit.headers["idempotent-replayed"] == nil)
                let again = try await own.send("POST", "orgunits/", body, more: more)
                #expect(again.text == unit.text && again.headers["idempotent-replayed"] == "true")
                #expect(try await own.patch("customers/\(id)/", #"{"name":"New"}"#).json["name"] == "New")
                #expect(try await other.ids("customers/") == [foreign])
            }
            let modes = try await client.server.texts(
                "SELECT entity_id || ' ' || livemode FROM hooklog.event WHERE entity_type = 'customer' ORDER BY position"
            )
            #expect(modes == ["\(live) true", "\(made) false", "\(live) true", "\(made) false"])
            let tester = test.authorized("Token \(try await client.server.makeKey(livemode: false).text)")
            #expect(try await tester.ids("customers/") == [made])
        }
    }

    @Test func pagesAreCountedAndLinked() async throws {
        try await VendorClient.withPiriod { client in
            for number in 0..<5 { _ = try await client.make("contacts/", #"{"name":"n","email":"a\#(number)@x.io"}"#) }
            let first = try await client.get("contacts/?page_size=2&name=n")
            #expect(first.json.names == ["count", "next", "previous", "results"])
            #expect(first.json["count"] == 5 && first.json["previous"] == .null)
            let next = try #require(first.json["next"]?.text)
            #expect(next.hasPrefix("http://127.0.0.1:"))
            #expect(next.hasSuffix("/piriod/contacts/?page_size=2&name=n&page=2"))
            let last = try await client.get("contacts/?page=3&page_size=2")
            #expect(last.json["results"]?.elements.count == 1)
            #expect(last.json["next"] == .null)
            #expect(last.json["previous"]?.text?.hasSuffix("/piriod/contacts/?page_size=2&page=2") == true)
            for page in ["4", "0", "x", "-1", "99999999999999999999"] {
                let reply = try await client.get("contacts/?page=\(page)&page_size=2")
                #expect(reply.status == 404)
                #expect(reply.json == .object(["detail": "Invalid page."]))
            }
            #expect(try await client.get("contacts/?limit=1").json["results"]?.elements.count == 5)
            #expect(try await client.get("contacts/?page_size=100").status == 200)
            for size in ["0", "101", "x"] {
                let reply = try await client.get("contacts/?page_size=\(size)")
                #expect(reply.status == 400)
                #expect(reply.json.names == ["page_size"])
            }
        }
    }

    @Test func customersHaveTheirContacts() async throws {
        try await VendorClient.withPiriod { client in
            let body = #"{"name":"Acme","country":"CL","state":7,"metadata":{"tier":"gold"},"tax_id":"76"}"#
            let made = try await client.post("customers/", body)
            #expect(made.status == 201)
            #expect(made.json.names.count == 25)
            #expect(made.json["country"]?["code"] == "CL" && made.json["country"]?["has_regulation"] == true)
            #expect(made.json["state"] == .object(["id": 7, "name": nil, "country": "CL"]))
            #expect(made.json["currency"] == "CLP" && made.json["status"] == "active")
            #expect(made.json["contacts"] == [] && made.json["test_mode"] == false)
            #expect(made.json["aggregations"]?["balance"] == 0)
            #expect(made.json["tax_settings"] == .object([:]))
            let id = try #require(made.json["id"]?.text)
            let contact = try await client.post("contacts/", #"{"name":"n","email":"a@x.io","customer":"\#(id)"}"#)
            #expect(try await client.get("customers/\(id)/").json["contacts"] == [contact.json])
            let changed = try await client.patch("customers/\(id)/", #"{"status":"archived","country":"US"}"#)
            #expect(changed.json["status"] == "archived" && changed.json["country"]?["id"] == "US")
            let choice = try await client.patch("customers/\(id)/", #"{"status":"gone"}"#)
            #expect(choice.json["status"]?.only == #""gone" is not a valid choice."#)
            for query in ["tax_id=76", "metadata__tier=gold", "country=US", "search=ACM", "status__in=active,archived"]
            {
                #expect(try await client.ids("customers/?\(query)") == [id], "\(query)")
            }
            for query in ["tax_id=7", "metadata__tier=x", "country=CL", "search=zzz", "sources=x", "status=active"] {
                #expect(try await client.ids("customers/?\(query)") == [], "\(query)")
            }
            #expect(try await client.delete("customers/\(id)/").status == 204)
            #expect(try await client.get("customers/\(id)/").status == 404)
        }
    }

    @Test(arguments: ["{}", "null"]) func emptyObjectIsShownAsOne(value: String) async throws {
        try await VendorClient.withPiriod { client in
            let body = #"{"name":"A","country":"CL","metadata":{"tier":"gold"}}"#
            let id = try await client.make("customers/", body)
            let reply = try await client.patch("customers/\(id)/", #"{"metadata":\#(value)}"#)
            #expect(reply.json["metadata"] == .object([:]))
            #expect(try await client.get("customers/\(id)/").json["metadata"] == .object([:]))
        }
    }

    @Test(arguments: [
        ("name", 100), ("address", 64), ("phone", 16), ("zip_code", 16), ("manager", 64), ("reference", 64),
        ("tax_id", 32),
    ])
    func lengthsAreLimited(name: String, most: Int) async throws {
        try await VendorClient.withPiriod { client in
            let id = try await client.make("customers/", #"{"name":"Acme","country":"CL"}"#)
            let longest = String(repeating: "1", count: most)
            #expect(
                try await client.patch("customers/\(id)/", "{\"\(name)\":\"\(longest)\"}").json[name]?.text == longest
            )
            let refused = try await client.patch("customers/\(id)/", "{\"\(name)\":\"\(longest)1\"}")
            #expect(
                refused.json == .object([name: [.string("Ensure this field has no more than \(most) characters.")]])
            )
        }
    }

    @Test func twelveOrgUnitsAreTheMostOfACustomer() async throws {
        try await VendorClient.withPiriod { client in
            let customer = try await client.make("customers/", #"{"name":"Acme","country":"CL"}"#)
            var units: [String] = []
            for number in 1...12 {
                let reply = try await client.post("orgunits/", #"{"customer":"\#(customer)","name":"U\#(number)"}"#)
                #expect(reply.status == 201)
                #expect(reply.json.names == ["customer", "name", "id", "created", "updated"])
                guard case .number(let id)? = reply.json["id"] else { return #expect(Bool(false), "\(reply.text)") }
                // Far from the vendor's own numbers, and whole in every client.
                #expect((1e15..<9e15).contains(id))
                units.append(String(Int64(id)))
            }
            #expect(Set(units).count == 12)
            let refused = try await client.post("orgunits/", #"{"customer":"\#(customer)","name":"U13"}"#)
            #expect(refused.status == 400)
            #expect(refused.json.names == ["non_field_errors"])
            let other = try await client.make("customers/", #"{"name":"Other","country":"CL"}"#)
            let mover = try await client.make("orgunits/", #"{"customer":"\#(other)","name":"M"}"#)
            let move = try await client.patch("orgunits/\(mover)/", #"{"customer":"\#(customer)"}"#)
            #expect(move.json == refused.json)
            let renamed = try await client.patch("orgunits/\(units[2])/", #"{"name":"Renamed"}"#)
            #expect(renamed.json["name"] == "Renamed")
            #expect(try await client.delete("orgunits/\(units[11])/").status == 204)
            let body = #"{"customer":"\#(customer)","name":"U"}"#
            #expect(try await client.send("PUT", "orgunits/\(mover)/", body).status == 200)
            #expect(try await client.ids("orgunits/?customer=\(customer)&name=Renamed") == [units[2]])
            let unknown = try await client.post("orgunits/", #"{"customer":"cus_x","name":"U"}"#)
            #expect(unknown.json["customer"]?.only == #"Primary key "cus_x" invalid - object is not exists."#)
        }
    }
}
