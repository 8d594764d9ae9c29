import Testing

/// What all of Ruddr's endpoints have in common, and its clients, companies and contact tags.
@Suite(.timeLimit(.minutes(10)))
struct RuddrSurfaceTests {
    private static let nobody = "00000000-0000-4000-8000-000000000000"

    @Test func probeTellsOfTheWorkspace() async throws {
        try await VendorClient.withRuddr { client in
            let reply = try await client.server.send("/ruddr/api/workspace", headers: client.headers)
            #expect(reply.status == 200)
            #expect(reply.json.names == ["id", "name"])
            #expect(reply.json["name"] == "Acme Corporation")
            let id = try #require(reply.json["id"]?.text)
            #expect(id.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}/) != nil)
        }
    }

    @Test(arguments: [
        ("contacts", #"{"name":"A","email":"a@x.io"}"#), ("clients", #"{"name":"A"}"#), ("companies", #"{"name":"A"}"#),
        ("contact-tags", #"{"name":"A"}"#),
    ])
    func objectsAreMadeReadChangedAndDeleted(path: String, body: String) async throws {
        try await VendorClient.withRuddr { client in
            let made = try await client.post(path, body)
            #expect(made.status == 200)
            let id = try #require(made.json["id"]?.text)
            #expect(try await client.get("\(path)/\(id)").text == made.text)
            #expect(try await client.get("\(path)/\(id.uppercased())").text == made.text)
            let changed = try await client.patch("\(path)/\(id)", #"{"name":"B"}"#)
            #expect(changed.json["name"] == "B")
            #expect(changed.json["createdAt"] == made.json["createdAt"])
            #expect(try await client.ids(path) == [id])
            let deleted = try await client.delete("\(path)/\(id)")
            #expect(deleted.status == 204 && deleted.text.isEmpty)
            #expect(deleted.headers["hooklog-position"] == "3")
            for method in ["GET", "PATCH", "DELETE"] {
                let gone = try await client.send(method, "\(path)/\(id)", method == "PATCH" ? "{}" : nil)
                #expect(gone.status == 404)
                #expect(gone.json["status"] == 404)
            }
            #expect(try await client.ids(path) == [])
            #expect(try await client.server.differencesFromRebuild() == [])
        }
    }

    @Test func pagesGoBothWays() async throws {
        try await VendorClient.withRuddr { client in
            var made: [String] = []
            for number in 0..<12 { made.insert(try await client.make("companies", #"{"name":"C \#(number)"}"#), at: 0) }
            let first = try await client.get("companies")
            #expect(first.json.names == ["results", "hasMore"])
            #expect(try await client.ids("companies") == Array(made[..<10]))
            #expect(first.json["hasMore"] == true)
            let rest = try await client.get("companies?limit=5&startingAfter=\(made[9])")
            #expect(rest.json["results"]?.elements.compactMap { $0["id"]?.text } == Array(made[10...]))
            #expect(rest.json["hasMore"] == false)
            #expect(try await client.ids("companies?limit=3&endingBefore=\(made[5])") == Array(made[2..<5]))
            #expect(try await client.get("companies?limit=3&endingBefore=\(made[5])").json["hasMore"] == true)
            #expect(try await client.get("companies?endingBefore=\(made[2])").json["hasMore"] == false)
            _ = try await client.delete("companies/\(made[4])")
            #expect(try await client.ids("companies?limit=2&startingAfter=\(made[4])") == Array(made[5..<7]))
            #expect(try await client.ids("companies?limit=100").count == 11)
        }
    }

    @Test(arguments: [
        ("limit=0", "Parameter 'limit' must be at least 1."), ("limit=101", "Parameter 'limit' must be at most 100."),
        ("limit=x", "Parameter 'limit' must be an integer."),
        ("startingAfter=x", "Parameter 'startingAfter' is not a valid UUID."),
        ("endingBefore=12", "Parameter 'endingBefore' is not a valid UUID."),
        ("startingAfter=\(nobody)", "Parameter 'startingAfter' does not identify an existing object."),
        ("endingBefore=\(nobody)", "Parameter 'endingBefore' does not identify an existing object."),
        (
            "startingAfter=\(nobody)&endingBefore=\(nobody)",
            "Parameter 'startingAfter' cannot be combined with 'endingBefore'."
        ),
        ("limit=1&limit=2", "Parameter 'limit' must be given once."),
    ])
    func parametersAreJudged(query: String, message: String) async throws {
        try await VendorClient.withRuddr { client in
            let reply = try await client.get("clients?\(query)")
            #expect(reply.status == 400)
            #expect(reply.json == .object(["status": 400, "message": .string(message)]))
        }
    }

    @Test func clientsHaveKeysAndReferences() async throws {
        try await VendorClient.withRuddr { client in
            let made = try await client.post(
                "clients",
                #"{"name":"Acme & Söhne","code":"AC-1","ownerId":"o1","practiceId":"p1","tagIds":["t1"],"#
                    + #""emails":["a@x.io"]}"#
            )
            #expect(made.json["key"] == "acme-s-hne")
            #expect(made.json["owner"] == .object(["id": "o1", "name": nil]))
            #expect(made.json["practice"]?["id"] == "p1")
            #expect(made.json["tags"]?.elements.first?["id"] == "t1")
            #expect(made.json["recordStatusId"] == "active")
            #expect(made.json["invoiceDetailsSource"] == "workspace")
            #expect(made.json["emails"] == ["a@x.io"])
            #expect(made.json["ownerId"] == nil)
            #expect(try await client.post("clients", #"{"name":"Acme & Söhne"}"#).json["key"] == "acme-s-hne-2")
            let taken = try await client.post("clients", #"{"name":"Other","key":"acme-s-hne"}"#)
            #expect(taken.status == 409)
            for key in ["-a", "a-", "A", "a b"] {
                #expect(try await client.post("clients", #"{"name":"Other","key":"\#(key)"}"#).status == 400)
            }
            #expect(try await client.ids("clients?code=AC-1").count == 1)
            #expect(try await client.ids("clients?nameContains=ACME").count == 2)
            #expect(try await client.ids("clients?nameStartsWith=acme&nameEndsWith=hne&code=x").isEmpty)
            let wrong = try await client.post("clients", #"{"recordStatusId":"gone","emails":"x","isInternal":true}"#)
            let errors = wrong.json["errors"]?.elements.compactMap(\.text)
            #expect(
                errors == [
                    "'name' is required", "'emails' must be an array",
                    "'recordStatusId' must be one of active, archived",
                ]
            )
        }
    }

    @Test func keysAreMadeOfNames() async throws {
        try await VendorClient.withRuddr { client in
            var keys: [String] = []
            for key in ["null", #""""#, #""  ""#, "null", "null", "null", "null"] {
                let made = try await client.post("clients", #"{"name":"Acme","key":\#(key)}"#)
                keys.append(try #require(made.json["key"]?.text, "\(made.text)"))
            }
            #expect(keys[..<5] == ["acme", "acme-2", "acme-3", "acme-4", "acme-5"])
            for key in keys[5...] { #expect(key.wholeMatch(of: /acme-[0-9a-z]{6}/) != nil) }
            #expect(Set(keys).count == keys.count)
        }
    }

    @Test func companyTellsWhenItChanged() async throws {
        try await VendorClient.withRuddr { client in
            let made = try await client.post("companies", #"{"name":"A","numberOfEmployees":12,"industryId":"i1"}"#)
            #expect(made.json["modifiedAt"] == made.json["createdAt"])
            #expect(made.json["numberOfEmployees"] == 12)
            #expect(made.json["industry"]?["id"] == "i1")
            let id = try #require(made.json["id"]?.text)
            let changed = try await client.patch("companies/\(id)", #"{"isActive":false}"#)
            #expect(changed.json["isActive"] == false)
            #expect(changed.json["modifiedAt"] != made.json["modifiedAt"])
        }
    }

    @Test func keysAreCheckedFirst() async throws {
        try await VendorClient.withRuddr { client in
            let unauthorized = JSONValue.object([
                "status": 401, "message": "The provided bearer token is missing or invalid.",
            ])
            for value in [nil, "Token \(client.key)", client.key, "Bearer x", "Bearer \(client.key)x"] {
                for path in ["contacts", "contacts/x", "contacts?limit=0"] {
                    let reply = try await client.authorized(value).get(path)
                    #expect(reply.status == 401)
                    #expect(reply.json == unauthorized)
                    #expect(reply.headers["www-authenticate"] == "Bearer")
                }
                #expect(try await client.authorized(value).post("contacts", "{").json == unauthorized)
            }
            let reader = client.authorized("Bearer \(try await client.server.makeKey().text)")
            #expect(try await reader.get("contacts").status == 200)
            let refused = try await reader.post("contacts", "{")
            #expect(refused.status == 403)
            #expect(refused.json["status"] == 403)
        }
    }

    @Test func wrongRequestsAreToldSo() async throws {
        try await VendorClient.withRuddr { client in
            let id = try await client.get("contacts/12")
            #expect(id.status == 400)
            #expect(id.json == .object(["status": 400, "message": "Parameter 'id' is not a valid UUID."]))
            let missing = try await client.get("contacts/\(Self.nobody)")
            #expect(missing.json == .object(["status": 404, "message": "Contact not found."]))
            #expect(try await client.get("nothing").json["status"] == 404)
            let method = try await client.send("PUT", "contacts/\(Self.nobody)", "{}")
            #expect(method.status == 405)
            #expect(method.json["status"] == 405)
            #expect(method.headers["allow"] == "GET, HEAD, PATCH, DELETE")
            for body in ["", "{", "[]", "7"] {
                let reply = try await client.post("contacts", body)
                #expect(reply.status == 400)
                #expect(reply.json.names == ["status", "message"])
            }
            let large = try await client.post("contacts", #"{"name":"\#(String(repeating: "x", count: 1 << 20))"}"#)
            #expect(large.status == 413 && large.json["status"] == 413)
            let encoded = try await client.send("POST", "contacts", "{}", more: [("Content-Encoding", "gzip")])
            #expect(encoded.status == 415 && encoded.json["status"] == 415)
        }
    }

    @Test func requestTooManyIsRefusedInTheVendorsWords() async throws {
        try await VendorClient.withRuddr { client in
            let key = try await client.server.makeKey(rateLimit: 1).text
            let limited = client.authorized("Bearer \(key)")
            #expect(try await limited.get("contacts").headers["x-ratelimit-remaining"] == "0")
            let refused = try await limited.get("contacts")
            #expect(refused.status == 429)
            #expect(refused.json == .object(["status": 429, "message": "Too many requests"]))
            #expect(refused.headers["retry-after"] != nil)
        }
    }
}
