import Testing

/// What every surface keeps apart, and what it shares with the rest.
@Suite(.timeLimit(.minutes(3)))
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
            client.server.waiter.outcome = .aheadOfLog(head: .start)
            let ahead = try await client.send("GET", "v1/partners", more: header)
            #expect(ahead.status == 412)
            #expect(ahead.json.names == ["detail"])
            client.server.waiter.outcome = .timedOut(at: .start)
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
