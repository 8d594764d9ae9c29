import HTTPServer
import Testing

@Suite(.timeLimit(.minutes(10)))
struct DocumentationEndpointTests {
    @Test func documentIsServedWithoutAKey() async throws {
        try await QueryServer.with { server in
            let reply = try await server.send("/openapi.json")
            #expect(reply.status == 200)
            #expect(reply.headers["content-type"] == "application/json")
            #expect(reply.text == APIDocument.served.text)
        }
    }

    @Test func pageIsServedWithItsPolicy() async throws {
        try await QueryServer.with { server in
            let reply = try await server.send("/docs")
            #expect(reply.status == 200)
            #expect(reply.headers["content-type"] == "text/html; charset=utf-8")
            #expect(reply.headers["content-security-policy"] == DocumentationPage.served.contentSecurityPolicy)
            #expect(reply.headers["x-content-type-options"] == "nosniff")
            #expect(reply.text == DocumentationPage.served.html)
            #expect(try await server.send("/docs", method: "HEAD").status == 200)
        }
    }

    @Test(arguments: ["/openapi.json", "/docs"])
    func otherMethodIsNotAllowed(path: String) async throws {
        try await QueryServer.with { server in
            let reply = try await server.send(path, method: "POST")
            #expect(reply.status == 405)
            #expect(reply.headers["allow"] == "GET, HEAD")
        }
    }

    @Test func everyDocumentedPathSaysWhichMethodsItTakes() async throws {
        try await QueryServer.with { server in
            let paths = Dictionary(grouping: APIDocument.served.operations, by: \.path)
            for (path, operations) in paths where path != "/webhooks/{source_id}" {
                let target = path.replacing(/\{.*?\}/, with: "1")
                let allowed = try await server.send(target, method: "PURGE").headers["allow"] ?? ""
                let methods = Set(allowed.split(separator: ", ").map(String.init))
                let documented = Set(operations.map(\.method) + ["HEAD"])
                #expect(methods == documented, "\(path)")
            }
        }
    }
}
