import EventLog
import HTTPServer
import Testing

@Suite(.timeLimit(.minutes(10)))
struct MinimumPositionTests {
    private static let paths = ["/api/v1/customers", "/api/v1/me", "/v1/events"]

    private func send(_ server: QueryServer, _ path: String, _ value: String, key: String) async throws -> QueryReply {
        try await server.send(path, key: key, headers: [("Hooklog-Min-Position", value)])
    }

    @Test func readIsAnsweredOnceThePositionIsReached() async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey().text
            for path in Self.paths { #expect(try await send(server, path, "7", key: key).status == 200) }
            #expect(server.waiter.asked == Self.paths.map { _ in Position(rawValue: 7) })
        }
    }

    @Test func positionAboveTheHeadFailsAtOnce() async throws {
        try await QueryServer.with { server in
            server.waiter.fail(.positionBeyondHead, at: Position(rawValue: 3))
            let key = try await server.makeKey().text
            for path in Self.paths {
                let reply = try await send(server, path, "7", key: key)
                #expect(reply.status == 412)
                #expect(reply.code == "position_ahead_of_log")
                #expect(reply.headers["hooklog-position"] == "3")
            }
        }
    }

    @Test func positionNotReachedInTimeIsUnavailable() async throws {
        try await QueryServer.with { server in
            server.waiter.fail(.waitTimedOut, at: Position(rawValue: 5))
            let reply = try await send(server, "/api/v1/customers", "7", key: try await server.makeKey().text)
            #expect(reply.status == 503)
            #expect(reply.code == "read_model_behind")
            #expect(reply.headers["hooklog-position"] == "5")
            #expect(reply.headers["retry-after"] == "1")
        }
    }

    @Test func malformedPositionIsRefused() async throws {
        try await QueryServer.with { server in
            let reply = try await send(server, "/api/v1/customers", "soon", key: try await server.makeKey().text)
            #expect(reply.status == 400)
            #expect(reply.json["error"]?["field"] == "Hooklog-Min-Position")
            #expect(server.waiter.asked.isEmpty)
        }
    }

    @Test func strangersDoNotWait() async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey()
            _ = try await APIKeyStore(pool: server.pool).revoke(key.key.id, in: server.workspace.id)
            for path in Self.paths { #expect(try await send(server, path, "7", key: key.text).status == 401) }
            #expect(server.waiter.asked.isEmpty)
        }
    }
}
