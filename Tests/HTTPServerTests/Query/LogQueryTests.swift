import EventLog
import Testing

@Suite(.timeLimit(.minutes(10)))
struct LogQueryTests {
    @Test func pagesFollowTheLog() async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey().text
            var hidden = PivotalEvent.customer("cus_t", 3)
            hidden.livemode = false
            try await server.append([.customer("cus_1", 1), .customer("cus_2", 2), hidden, .customer("cus_4", 4)])
            let first = try await server.send("/v1/events?limit=2", key: key)
            #expect(first.status == 200)
            #expect(first.json["object"] == "list")
            #expect(first.json["data"]?.elements.map { $0["position"] } == [1, 2])
            #expect(first.json["next_after"] == 2)
            #expect(first.json["head"] == 4)
            let second = try await server.send("/v1/events?after=2", key: key)
            #expect(second.json["data"]?.elements.map { $0["entity_id"] } == ["cus_4"])
            #expect(second.json["next_after"] == 4)
            let end = try await server.send("/v1/events?after=4", key: key)
            #expect(end.json["data"] == [])
            #expect(end.json["next_after"] == 4)
        }
    }

    @Test func filtersNarrowThePage() async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey().text
            let update = PivotalEvent(id: "evt_u", type: "customer.updated", object: #""id":"cus_1""#)
            try await server.append([.customer("cus_1", 1), .customer("cus_2", 2), update])
            let updates = try await server.send("/v1/events?type=customer.updated", key: key)
            #expect(updates.json["data"]?.elements.map { $0["position"] } == [3])
            #expect(updates.json["next_after"] == 3)
        }
    }

    @Test func anEventCarriesItsExactPayload() async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey().text
            let event = PivotalEvent(id: "evt_1", type: "customer.created", object: #""id":"cus_1","n":1.50,"n":1.5e0"#)
            try await server.append([event])
            let reply = try await server.send("/v1/events/1", key: key)
            #expect(reply.status == 200)
            #expect(reply.json["type"] == "customer.created")
            #expect(reply.text.contains(event.body))
        }
    }

    @Test(arguments: [
        "/v1/events/2", "/v1/events/0", "/v1/events/-1", "/v1/events/x", "/v1/events/99999999999999999999",
    ])
    func absentEventIsNotFound(path: String) async throws {
        try await QueryServer.with { server in
            try await server.append([.customer("cus_1", 1)])
            let reply = try await server.send(path, key: try await server.makeKey().text)
            #expect(reply.status == 404)
            #expect(reply.code == "event_not_found")
        }
    }
}
