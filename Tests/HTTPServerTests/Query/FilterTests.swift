import Testing

@Suite(.timeLimit(.minutes(10)))
struct FilterTests {
    @Test func customersByStatusAndSlug() async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey().text
            try await server.append([
                .customer("cus_1", 1, more: #","status":"onboarding","slug":"acme""#),
                .customer("cus_2", 2, more: #","slug":"acme""#), .customer("cus_3", 3, more: #","churned":true"#),
                .customer("cus_4", 4, type: "archived"),
            ])
            let cases: [(String, [String])] = [
                ("status=onboarding", ["cus_1"]), ("status=active", ["cus_2"]), ("status=churned", ["cus_3"]),
                ("status=archived", ["cus_4"]), ("status=unheard-of", []), ("slug=acme", ["cus_2", "cus_1"]),
                ("slug=acme&status=active", ["cus_2"]), ("slug=none", []), ("slug=acme&limit=1", ["cus_2"]),
                ("status=", ["cus_4", "cus_3", "cus_2", "cus_1"]), ("unknown=1&status=onboarding", ["cus_1"]),
            ]
            for (query, expected) in cases {
                #expect(try await server.send("/api/v1/customers?\(query)", key: key).ids == expected, "\(query)")
            }
        }
    }

    @Test func slugPagesGoOn() async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey().text
            try await server.append((1...5).map { .customer("cus_\($0)", $0, more: #","slug":"acme""#) })
            let first = try await server.send("/api/v1/customers?slug=acme&limit=3", key: key)
            #expect(first.ids == ["cus_5", "cus_4", "cus_3"])
            let cursor = try #require(first.json["next_cursor"]?.text)
            let second = try await server.send("/api/v1/customers?slug=acme&limit=3&cursor=\(cursor)", key: key)
            #expect(second.ids == ["cus_2", "cus_1"])
        }
    }

    @Test func onboardingsByCustomerStateAndPhase() async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey().text
            try await server.append([
                .customer("cus_1", 1),
                .child("onboarding", "onb_1", 1, of: "cus_1", more: #","state":"active","phase":"launch""#),
                .child("onboarding", "onb_2", 2, of: "cus_1", more: #","state":"blocked","waiting_on_customer":true"#),
                .child("onboarding", "onb_3", 3, of: "cus_9", more: #","state":"waiting","phase":"kickoff""#),
            ])
            let cases: [(String, [String])] = [
                ("state=active", ["onb_1"]), ("state=blocked", ["onb_2"]), ("state=waiting", ["onb_3", "onb_2"]),
                ("phase=launch", ["onb_1"]), ("phase=kickoff&state=waiting", ["onb_3"]), ("phase=nothing", []),
                ("customer_id=1", ["onb_2", "onb_1"]), ("customer_id=cus_1", ["onb_2", "onb_1"]),
                ("customer_id=cus_1&state=waiting", ["onb_2"]), ("customer_id=cus_9", ["onb_3"]),
                ("customer_id=77", []), ("customer_id=cus_77", []), ("customer_id=", ["onb_3", "onb_2", "onb_1"]),
            ]
            for (query, expected) in cases {
                #expect(try await server.send("/api/v1/onboardings?\(query)", key: key).ids == expected, "\(query)")
            }
        }
    }

    @Test func childrenOfACustomer() async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey().text
            try await server.append([
                .customer("cus_1", 1), .customer("cus_2", 2), .child("contact", "con_1", 1, of: "cus_1"),
                .child("contact", "con_2", 2, of: "cus_1"), .child("contact", "con_3", 3, of: "cus_2"),
                .child("onboarding", "onb_1", 1, of: "cus_2"),
            ])
            #expect(try await server.send("/api/v1/customers/1/contacts", key: key).ids == ["con_2", "con_1"])
            #expect(try await server.send("/api/v1/customers/cus_2/contacts", key: key).ids == ["con_3"])
            #expect(try await server.send("/api/v1/customers/2/onboardings", key: key).ids == ["onb_1"])
            #expect(try await server.send("/api/v1/customers/cus_1/onboardings", key: key).ids == [])
        }
    }
}
