import EventLog
import Foundation
import Testing

@Suite(.timeLimit(.minutes(10)))
struct PivotalMetaTests {
    @Test func healthNeedsNoKey() async throws {
        try await QueryServer.with { server in
            let reply = try await server.send("/api/v1/health")
            #expect(reply.status == 200)
            let match = try #require(reply.text.wholeMatch(of: /\{"status":"ok","timestamp":"(.+\.\d{3}Z)"\}/))
            let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
            #expect(try abs(style.parse(String(match.output.1)).timeIntervalSinceNow) < 600)
        }
    }

    @Test(arguments: [
        (APIKeyScope.read, ["read:customers", "read:contacts", "read:onboardings"]),
        (
            .write,
            [
                "read:customers", "write:customers", "read:contacts", "write:contacts", "read:onboardings",
                "write:onboardings",
            ]
        ),
    ])
    func meTellsOfKeyAndWorkspace(scope: APIKeyScope, scopes: [String]) async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey(scope: scope)
            let me = try await server.send("/api/v1/me", key: key.text).json
            #expect(me["object"] == "me")
            #expect(me["api_key"]?["id"]?.text == "api_\(key.key.id)")
            #expect(me["api_key"]?["name"] == "Primary API Key")
            #expect(me["api_key"]?["prefix"]?.text == key.key.prefix)
            #expect(me["api_key"]?["scopes"]?.elements.map(\.text) == scopes)
            #expect(me["api_key"]?["rate_limit_tier"] == "standard")
            #expect(me["organization"]?["id"]?.text == "org_\(server.workspace.id)")
            #expect(me["organization"]?["slug"] == "acme")
            #expect(me["organization"]?["name"] == "Acme Corporation")
        }
    }

    @Test(arguments: ["/api/v1", "/api/v1/nothing", "/api/v1/contacts", "/api/v1/customers/1/tasks", "/v1/nothing"])
    func unknownPathIsNotFound(path: String) async throws {
        try await QueryServer.with { server in
            let reply = try await server.send(path, key: try await server.makeKey().text)
            #expect(reply.status == 404)
            #expect(reply.json["error"]?["type"] == "not_found")
            #expect(reply.code == "route_not_found")
        }
    }

    @Test(arguments: ["/api/v1/me", "/api/v1/customers/1", "/v1/events"], ["PUT", "PURGE"])
    func otherMethodIsNotAllowed(path: String, method: String) async throws {
        try await QueryServer.with { server in
            let reply = try await server.send(path, method: method)
            #expect(reply.status == 405)
            #expect(reply.headers["allow"]?.hasPrefix("GET, HEAD") == true)
            #expect(reply.json["error"]?["type"] == "invalid_request_error")
            #expect(reply.code == "method_not_allowed")
        }
    }

    @Test func headIsGetWithoutABody() async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey().text
            let get = try await server.send("/api/v1/me", key: key)
            let head = try await server.send("/api/v1/me", key: key, method: "HEAD")
            #expect(head.status == 200)
            #expect(head.text.isEmpty)
            #expect(head.headers["content-length"] == get.headers["content-length"])
        }
    }
}
