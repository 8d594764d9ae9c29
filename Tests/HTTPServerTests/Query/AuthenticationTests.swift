import EventLog
import Foundation
import Postgres
import Testing

@Suite(.timeLimit(.minutes(10)))
struct AuthenticationTests {
    private static let paths = [
        "/api/v1/me", "/api/v1/customers", "/api/v1/customers/1", "/api/v1/customers/1/contacts", "/api/v1/contacts/1",
        "/api/v1/onboardings", "/api/v1/customers/1/onboardings", "/api/v1/onboardings/1", "/v1/events", "/v1/events/1",
    ]

    @Test func everyEndpointNeedsAKey() async throws {
        try await QueryServer.with { server in
            for path in Self.paths {
                let reply = try await server.send(path)
                #expect(reply.status == 401, "\(path)")
                #expect(reply.code == "missing_api_key", "\(path)")
                #expect(reply.json["error"]?["type"] == "authentication_error")
                #expect(reply.headers["www-authenticate"] == "Bearer")
            }
        }
    }

    @Test func revokedKeyFailsOnTheVeryNextRequest() async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey()
            try await server.append([.customer("cus_1", 1)])
            for path in Self.paths {
                #expect(try await server.send(path, key: key.text).status != 401, "\(path)")
            }
            _ = try await APIKeyStore(pool: server.pool).revoke(key.key.id, in: server.workspace.id)
            for path in Self.paths + ["/api/v1/customers?limit=0"] {
                let reply = try await server.send(path, key: key.text)
                #expect(reply.status == 401, "\(path)")
                #expect(reply.code == "api_key_revoked", "\(path)")
            }
        }
    }

    @Test func headerFormsAreJudged() async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey().text
            let cases: [([String], String?)] = [
                (["Bearer \(key)"], nil), (["bearer \(key)"], nil), (["BEARER  \(key)"], nil),
                (["Bearer: \(key)"], "missing_api_key"), (["\(key)"], "missing_api_key"),
                (["Token \(key)"], "missing_api_key"), (["Bearer"], "missing_api_key"),
                (["Bearer "], "missing_api_key"),
                (["Bearer \(key)", "Bearer \(key)"], "missing_api_key"),
                (["Bearer \(key)x"], "invalid_api_key"), (["Bearer \(key.dropLast())"], "invalid_api_key"),
                (["Bearer pivotal_abc"], "invalid_api_key"), (["Bearer \(key) x"], "invalid_api_key"),
            ]
            for (values, code) in cases {
                let reply = try await server.send("/api/v1/me", headers: values.map { ("Authorization", $0) })
                #expect(reply.status == (code == nil ? 200 : 401), "\(values.map { $0.prefix(9) })")
                #expect(reply.code == code, "\(values.map { $0.prefix(9) })")
            }
        }
    }

    @Test func keyInTheQueryIsNoKey() async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey().text
            #expect(try await server.send("/api/v1/me?api_key=\(key)&Authorization=Bearer%20\(key)").status == 401)
        }
    }

    @Test func keyWithAnotherSecretIsNotValid() async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey().text
            let last = key.last == "0" ? "8" : "0"
            let reply = try await server.send("/api/v1/me", key: String(key.dropLast()) + last)
            #expect(reply.code == "invalid_api_key")
            try await server.script("DELETE FROM hooklog.api_key")
            #expect(try await server.send("/api/v1/me", key: key).code == "invalid_api_key")
        }
    }

    @Test func validationIsToldToHoldersOfAKeyOnly() async throws {
        try await QueryServer.with { server in
            #expect(try await server.send("/api/v1/customers?cursor=x").status == 401)
            let key = try await server.makeKey().text
            #expect(try await server.send("/api/v1/customers?cursor=x", key: key).status == 400)
            try await server.script("DELETE FROM hooklog.api_key")
            #expect(try await server.send("/api/v1/customers?cursor=x", key: key).status == 401)
        }
    }

    @Test func testKeysSeeTestRows() async throws {
        try await QueryServer.with { server in
            let live = try await server.makeKey().text
            let test = try await server.makeKey(livemode: false).text
            var event = PivotalEvent.customer("cus_test", 1)
            event.livemode = false
            try await server.append([.customer("cus_live", 1), event])
            #expect(try await server.send("/api/v1/customers", key: live).ids == ["cus_live"])
            #expect(try await server.send("/api/v1/customers", key: test).ids == ["cus_test"])
            #expect(try await server.send("/api/v1/customers/1", key: test).json["id"] == "cus_test")
            #expect(try await server.send("/api/v1/customers/cus_live", key: test).status == 404)
            #expect(try await server.send("/v1/events/1", key: test).code == "event_not_found")
            #expect(try await server.send("/v1/events/1", key: live).status == 200)
        }
    }

    @Test func workspacesDoNotSeeEachOther() async throws {
        try await QueryServer.with { server in
            let other = try await WorkspaceStore(pool: server.pool).create(slug: "other", name: "Other")
            let stranger = try await server.makeKey(in: other).text
            try await server.append([
                .customer("cus_1", 1), .child("contact", "con_1", 1, of: "cus_1"),
                .child("onboarding", "onb_1", 1, of: "cus_1"),
            ])
            try await server.append([.customer("cus_other", 2)], to: other)
            for path in ["customers/1", "customers/cus_1", "contacts/1", "onboardings/onb_1", "customers/1/contacts"] {
                #expect(try await server.send("/api/v1/\(path)", key: stranger).status == 404, "\(path)")
            }
            #expect(try await server.send("/api/v1/customers", key: stranger).ids == ["cus_other"])
            #expect(try await server.send("/api/v1/onboardings", key: stranger).ids == [])
            #expect(try await server.send("/api/v1/onboardings?customer_id=cus_1", key: stranger).ids == [])
            #expect(try await server.send("/v1/events", key: stranger).json["head"] == 1)
        }
    }

    @Test func otherSystemsAreNotPivotals() async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey().text
            try await server.append([.customer("cus_1", 1)])
            try await server.script("UPDATE hooklog.customer SET system = 'stripe'")
            #expect(try await server.send("/api/v1/customers/cus_1", key: key).status == 404)
            #expect(try await server.send("/api/v1/customers/1", key: key).status == 404)
            #expect(try await server.send("/api/v1/customers", key: key).ids == [])
        }
    }
}
