import Testing

/// What every surface keeps apart, and what it shares with the rest.
@Suite(.timeLimit(.minutes(10)))
struct SurfaceIsolationTests {
    private static let id = "b27fd363-b75e-4ed1-af08-0b05119ea6b1"

    /// A contact of each vendor's as a delivery tells of it.
    private static func contact(_ system: String) -> String {
        let data = #"{"id":"\#(id)","email":"Jane@x.io","name":"Jane"}"#
        let at = "2026-05-26T18:42:00.5Z"
        return switch system {
        case "piriod":
            #"{"event":"contact.updated","object_id":"\#(id)","occurred_at":"\#(at)","data":\#(data)}"#
        case "stuut": #"{"type":"internal_contact.updated","timestamp":"\#(at)","data":\#(data)}"#
        default: #"{"type":"contact.updated","timestamp":"\#(at)","data":\#(data)}"#
        }
    }

    @Test func deliveredObjectsAreWhole() async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey().text
            let bearer = [("Authorization", "Bearer \(key)")]
            let token = [("Authorization", "Token \(key)"), ("x-simple-workspace", "acme")]
            for system in ["ruddr", "stuut", "piriod"] { try await server.deliver(system, [Self.contact(system)]) }
            let ruddr = try await server.send("/ruddr/api/workspace/contacts/\(Self.id)", headers: bearer).json
            #expect(ruddr.names.count == 18)
            #expect(ruddr["email"] == "Jane@x.io" && ruddr["tags"] == [] && ruddr["title"] == .null)
            #expect(ruddr["createdAt"] == "2026-05-26T18:42:00.500Z")
            let stuut = try await server.send("/stuut/v2/internal-contacts/\(Self.id)", headers: bearer).json
            #expect(stuut["object"] == "internal_contact" && stuut["modified_at"] == .null)
            #expect(stuut["created_at"] == "2026-05-26T18:42:00.500Z")
            let piriod = try await server.send("/piriod/contacts/\(Self.id)/", headers: token).json
            #expect(piriod["invoicing"] == true && piriod["updated"] == "2026-05-26T18:42:00.500Z")
            let all = try await server.send("/v1/contacts", key: key).json["data"]?.elements ?? []
            #expect(Set(all.compactMap { $0["system"]?.text }) == ["ruddr", "piriod"])
        }
    }

    @Test func everyVendorShowsItsOwnObjectsOnly() async throws {
        try await QueryServer.with { server in
            let other = try await WorkspaceMaker.make("other", server)
            let keys = [
                try await server.makeKey().text, try await server.makeKey(livemode: false).text,
                try await server.makeKey(in: other).text,
            ]
            try await server.deliver("pivotal", [#"{"type":"contact.created","data":{"object":{"id":"\#(Self.id)"}}}"#])
            for path in ["/ruddr/api/workspace/contacts", "/stuut/v2/internal-contacts"] {
                for key in keys {
                    #expect(try await server.send("\(path)/\(Self.id)", key: key).status == 404)
                }
            }
            try await server.deliver("ruddr", [Self.contact("ruddr")])
            let path = "/ruddr/api/workspace/contacts"
            var statuses: [Int] = []
            var counts: [Int?] = []
            for key in keys {
                statuses.append(try await server.send("\(path)/\(Self.id)", key: key).status)
                counts.append(try await server.send(path, key: key).json["results"]?.elements.count)
            }
            #expect(statuses == [200, 404, 404])
            #expect(counts == [1, 0, 0])
            let writer = try await server.makeKey(scope: .write, in: other).text
            let reply = try await server.send("\(path)/\(Self.id)", key: writer, method: "PATCH", body: "{}")
            #expect(reply.status == 404)
        }
    }

    /// The same ids in two workspaces and two modes, and what only one of them has.
    @Test(arguments: SurfaceRefusalTests.vendors)
    func workspacesAndModesAreApart(_ vendor: SurfaceRefusalTests.Vendor) async throws {
        try await VendorClient.with(vendor.system) { client in
            let others = try await strangers(to: client)
            let made = try await client.make(vendor.path, vendor.body)
            let item = vendor.system == "piriod" ? "contacts/\(made)/" : "\(vendor.path)/\(made)"
            let changing = vendor.system == "stuut" ? "POST" : "PATCH"
            for other in others {
                #expect(try await other.get(item).status == 404)
                #expect(try await other.send(changing, item, #"{"name":"B"}"#).status == 404)
                #expect(try await other.delete(item).status == 404)
                #expect(try await other.ids(vendor.path) == [])
                let own = try await other.make(vendor.path, vendor.body)
                #expect(try await other.ids(vendor.path) == [own])
                #expect(try await client.get("\(vendor.path)/\(own)").status == 404)
            }
            #expect(try await client.ids(vendor.path) == [made])
        }
    }

    @Test func referencesAndEdgesDoNotLeadElsewhere() async throws {
        try await VendorClient.withRuddr { client in
            let contact = try await client.make("contacts", #"{"name":"A","email":"a@x.io"}"#)
            let tag = try await client.make("contact-tags", #"{"name":"T"}"#)
            for other in try await strangers(to: client) {
                for edge in ["startingAfter", "endingBefore"] {
                    let reply = try await other.get("contacts?\(edge)=\(contact)")
                    let message = "Parameter '\(edge)' does not identify an existing object."
                    #expect(reply.json == .object(["status": 400, "message": .string(message)]))
                }
                let tagged = try await other.post("contacts", #"{"name":"A","email":"a@x.io","tagIds":["\#(tag)"]}"#)
                #expect(tagged.json["errors"]?.only == "'tagIds' does not identify an existing object")
            }
        }
        try await VendorClient.withPiriod { client in
            let customer = try await client.make("customers/", #"{"name":"A","country":"CL"}"#)
            let unit = try await client.make("orgunits/", #"{"customer":"\#(customer)","name":"U"}"#)
            for other in try await strangers(to: client) {
                for (name, id) in [("customer", customer), ("orgunit", unit)] {
                    let body = #"{"name":"A","email":"a@x.io","\#(name)":"\#(id)"}"#
                    #expect(try await other.post("contacts/", body).json.names == [name])
                }
                #expect(try await other.post("orgunits/", #"{"customer":"\#(customer)","name":"U"}"#).status == 400)
            }
        }
        try await VendorClient.withStuut { client in
            let partner = try await client.make("v1/partners", #"{"name":"A"}"#)
            let role = #"{"email":"a@x.io","internal_role":"csm"}"#
            let person = try await client.post("v2/internal-contacts", role).json["internal_contact"]?["id"]?.text
            for other in try await strangers(to: client) {
                #expect(try await other.post("v2/partners/\(partner)/internal-contacts", role).status == 404)
                #expect(try await other.get("v1/partners/\(partner)/contacts").status == 404)
                let own = try await other.post("v2/internal-contacts", role)
                #expect(own.json["internal_contact"]?["id"]?.text != person)
            }
        }
    }

    /// The same surface with a key for test data, and with one of another workspace.
    private func strangers(to client: VendorClient) async throws -> [VendorClient] {
        let other = try await WorkspaceMaker.make("other", client.server)
        let keys = [
            try await client.server.makeKey(livemode: false, scope: .write).text,
            try await client.server.makeKey(scope: .write, in: other).text,
        ]
        let isPiriod = client.prefix == "/piriod/"
        return zip(keys, [("x-piriod-test-mode", "true"), ("x-simple-workspace", "other")]).map { key, header in
            var stranger = client.authorized("\(isPiriod ? "Token" : "Bearer") \(key)")
            stranger.key = key
            stranger.headers.removeAll { $0.0 == header.0 }
            stranger.headers.append(header)
            return stranger
        }
    }

    @Test func requestUnderAnIdempotencyKeyIsAnsweredOnce() async throws {
        try await VendorClient.withRuddr { client in
            let more = [("Idempotency-Key", "k1")]
            let body = #"{"name":"A","email":"a@x.io"}"#
            let first = try await client.send("POST", "contacts", body, more: more)
            let second = try await client.send("POST", "contacts", body, more: more)
            #expect(second.text == first.text && second.status == 200)
            #expect(second.headers["idempotent-replayed"] == "true")
            #expect(try await client.send("POST", "contacts", "{}", more: more).status == 400)
            let other = try await client.send("POST", "contacts", #"{"name":"B","email":"b@x.io"}"#, more: more)
            #expect(other.status == 409)
            #expect(try await client.ids("contacts").count == 1)
        }
    }

    @Test func readWaitsForAPosition() async throws {
        try await VendorClient.withStuut { client in
            _ = try await client.make("v1/partners", #"{"name":"Acme"}"#)
            let header = [("Hooklog-Min-Position", "1")]
            #expect(try await client.send("GET", "v1/partners", more: header).status == 200)
            #expect(client.server.waiter.asked.map(\.rawValue) == [1])
            client.server.waiter.fail(.positionBeyondHead, at: .start)
            let ahead = try await client.send("GET", "v1/partners", more: header)
            #expect(ahead.status == 412)
            #expect(ahead.json.names == ["detail"])
            client.server.waiter.fail(.waitTimedOut, at: .start)
            let late = try await client.send("GET", "v1/partners", more: header)
            #expect(late.status == 503)
            #expect(late.headers["retry-after"] == "1")
            #expect(late.json.names == ["detail"])
        }
    }

    @Test func writeKeepsWhatItDoesNotKnow() async throws {
        try await VendorClient.withPiriod { client in
            let contacts = #"[{"id":"con_9","name":"Old"}]"#
            let data = #"{"id":"cus_1","name":"Acme","loyalty":{"points":1.50},"contacts":\#(contacts)}"#
            let head = #""event":"customer.created","object_id":"cus_1","occurred_at":"2026-05-26T18:42:00Z""#
            try await client.server.deliver("piriod", ["{\(head),\"data\":\(data)}"])
            let reply = try await client.patch("customers/cus_1/", #"{"name":"Acme 2"}"#)
            #expect(reply.status == 200)
            #expect(reply.text.contains("1.50"))
            #expect(reply.json["contacts"]?.elements.first?["name"] == "Old")
            #expect(reply.json["contacts"]?.elements.first?["invoicing"] == true)
        }
    }
}
