import Testing

/// The vendors' rules hold for many at once.
@Suite(.timeLimit(.minutes(10)))
struct SurfaceConcurrencyTests {
    private func atOnce(
        _ count: Int,
        _ send: @escaping @Sendable (Int) async throws -> QueryReply
    ) async throws -> [QueryReply] {
        try await withThrowingTaskGroup(of: QueryReply.self) { group in
            for number in 0..<count { group.addTask { try await send(number) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    @Test func twelveOrgUnitsAreMade() async throws {
        try await VendorClient.withPiriod { client in
            let customer = try await client.make("customers/", #"{"name":"Acme","country":"CL"}"#)
            let replies = try await atOnce(20) { number in
                try await client.post("orgunits/", #"{"customer":"\#(customer)","name":"U\#(number)"}"#)
            }
            #expect(replies.filter { $0.status == 400 }.count == 8)
            let made = replies.filter { $0.status == 201 }
            #expect(Set(made.compactMap { $0.json["id"]?.identifier }).count == 12)
            #expect(try await client.get("orgunits/?customer=\(customer)").json["count"] == 12)
        }
    }

    @Test func unitsFillUpByMovesToo() async throws {
        try await VendorClient.withPiriod { client in
            let customer = try await client.make("customers/", #"{"name":"Acme","country":"CL"}"#)
            let unit = try await client.make("orgunits/", #"{"customer":"\#(customer)","name":"Sales"}"#)
            func contact(_ number: Int, _ unit: String) -> String {
                #"{"name":"N","email":"n\#(number)@x.io","customer":"\#(customer)","orgunit":\#(unit)}"#
            }
            for number in 0..<6 { _ = try await client.make("contacts/", contact(number, unit)) }
            var movers: [String] = []
            for number in 6..<10 { movers.append(try await client.make("contacts/", contact(number, "null"))) }
            let ids = movers
            let replies = try await atOnce(ids.count) { number in
                try await client.patch("contacts/\(ids[number])/", #"{"orgunit":"\#(unit)"}"#)
            }
            #expect(replies.map(\.status).sorted() == [200, 400, 400, 400])
            #expect(try await client.get("contacts/?orgunit=\(unit)").json["count"] == 7)
        }
    }

    @Test func emailIsOneContacts() async throws {
        try await VendorClient.withRuddr { client in
            let replies = try await atOnce(12) { number in
                try await client.post("contacts", #"{"name":"N","email":"\#(number % 2 == 0 ? "a" : "A")@x.io"}"#)
            }
            #expect(replies.filter { $0.status == 200 }.count == 1)
            #expect(replies.filter { $0.status == 409 }.count == 11)
        }
    }

    @Test func keyIsOneClients() async throws {
        try await VendorClient.withRuddr { client in
            let replies = try await atOnce(12) { number in
                try await client.post("clients", number < 6 ? #"{"name":"N","key":"k"}"# : #"{"name":"K"}"#)
            }
            let made = replies.filter { $0.status == 200 }
            #expect(made.count >= 6)
            #expect(Set(made.compactMap { $0.json["key"]?.text }).count == made.count)
            #expect(replies.allSatisfy { [200, 409].contains($0.status) })
        }
    }
}
