import EventLog
import Foundation
import HTTPServer
import Postgres
import PostgresTesting
import Testing

/// Rate limits over HTTP.
@Suite(.timeLimit(.minutes(10)))
struct RateLimitTests {
    private static let names = ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"]

    private func limits(_ reply: QueryReply) -> [String?] { Self.names.map { reply.headers[$0] } }

    @Test func requestBeyondTheLimitIsRefused() async throws {
        try await QueryServer.with { server in
            server.time.set(seconds: 1000)
            let key = try await server.makeKey(rateLimit: 2).text
            for remaining in ["1", "0"] {
                let reply = try await server.send("/api/v1/me", key: key)
                #expect(reply.status == 200)
                #expect(limits(reply) == ["2", remaining, "1060"])
                #expect(reply.headers["retry-after"] == nil)
            }
            server.time.set(seconds: 1010)
            let refused = try await server.send("/api/v1/me", key: key)
            #expect(refused.status == 429)
            #expect(limits(refused) == ["2", "0", "1060"])
            #expect(refused.headers["retry-after"] == "50")
            #expect(
                refused.text
                    == #"{"error":{"type":"rate_limit_error","code":"rate_limited","message":"Rate limit exceeded; try again "#
                    + #"in 50 seconds"}}"#
            )
            server.time.set(seconds: 1060)
            #expect(limits(try await server.send("/api/v1/me", key: key)) == ["2", "1", "1120"])
        }
    }

    @Test func everyAnswerOfALimitedKeyTellsItsStanding() async throws {
        try await QueryServer.with { server in
            server.time.set(seconds: 1000)
            let key = try await server.makeKey(rateLimit: 100).text
            let cases: [(String, String, Int)] = [
                ("GET", "/api/v1/me", 200), ("HEAD", "/api/v1/me", 200), ("GET", "/api/v1/customers/9", 404),
                ("GET", "/api/v1/customers?limit=0", 400), ("GET", "/api/v1/nosuch", 404), ("PUT", "/api/v1/me", 405),
                ("GET", "/v1/events", 200), ("GET", "/v1/events/7", 404), ("GET", "/v1/nosuch", 404),
                ("POST", "/v1/events", 405), ("GET", "//api//v1/me", 200),
            ]
            for (index, (method, path, status)) in cases.enumerated() {
                let reply = try await server.send(path, key: key, method: method)
                #expect(reply.status == status, "\(method) \(path)")
                #expect(limits(reply) == ["100", "\(99 - index)", "1060"], "\(method) \(path)")
            }
            #expect(try await server.send("/api/v1/me", key: key, method: "PUT").headers["allow"] == "GET, HEAD")
        }
    }

    @Test func failingDatabaseIsToldWithTheStanding() async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey(rateLimit: 100).text
            try await server.script("DROP FUNCTION hooklog.read_identity")
            let reply = try await server.send("/api/v1/me", key: key)
            #expect(reply.status == 500)
            #expect(limits(reply).first == "100")
        }
    }

    @Test func requestThatCannotBeCountedIsNotAnswered() async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey(rateLimit: 100).text
            try await server.script("DROP TABLE hooklog.api_key_usage")
            #expect(try await server.send("/api/v1/me", key: key).code == "internal_error")
            let unlimited = try await server.makeKey().text
            #expect(try await server.send("/api/v1/me", key: unlimited).status == 200)
        }
    }

    @Test func otherRequestsTellNothing() async throws {
        try await QueryServer.with { server in
            let unlimited = try await server.makeKey().text
            let limited = try await server.makeKey(rateLimit: 1).text
            for _ in 0..<3 {
                #expect(limits(try await server.send("/api/v1/health", key: limited)) == [nil, nil, nil])
                let outside = try await server.send("/webhooks/src_1", key: limited)
                #expect(outside.status == 404)
                #expect(limits(outside) == [nil, nil, nil])
                let reply = try await server.send("/api/v1/me", key: unlimited)
                #expect(reply.status == 200)
                #expect(limits(reply) == [nil, nil, nil])
                #expect(limits(try await server.send("/api/v1/me")) == [nil, nil, nil])
            }
            #expect(try await server.send("/api/v1/me", key: limited).status == 200)
        }
    }

    @Test func forgedKeyDoesNotUseUpTheLimit() async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey(rateLimit: 2).text
            let forged = String(key.dropLast()) + (key.last == "0" ? "8" : "0")
            for _ in 0..<3 {
                let reply = try await server.send("/api/v1/me", key: forged)
                #expect(reply.code == "invalid_api_key")
                #expect(limits(reply) == [nil, nil, nil])
            }
            #expect(limits(try await server.send("/api/v1/me", key: key))[1] == "1")
        }
    }

    @Test(arguments: [Int32(1), 5000])
    func revokedKeyIsToldSoAndNotRefused(limit: Int32) async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey(rateLimit: limit)
            #expect(try await server.send("/api/v1/me", key: key.text).status == 200)
            _ = try await APIKeyStore(pool: server.pool).revoke(key.key.id, in: server.workspace.id)
            for _ in 0..<3 {
                let reply = try await server.send("/api/v1/me", key: key.text)
                #expect(reply.status == 401)
                #expect(reply.code == "api_key_revoked")
                #expect(limits(reply) == [nil, nil, nil])
            }
        }
    }

    @Test func keysAreCountedApart() async throws {
        try await QueryServer.with { server in
            let live = try await server.makeKey(rateLimit: 1).text
            let test = try await server.makeKey(livemode: false, rateLimit: 1).text
            for key in [live, test] { #expect(try await server.send("/api/v1/me", key: key).status == 200) }
            for key in [live, test, test] { #expect(try await server.send("/api/v1/me", key: key).status == 429) }
            let text = server.metrics.exposition()
            #expect(text.contains(#"hooklog_rate_limit_rejections_total{data="live"} 1"#))
            #expect(text.contains(#"hooklog_rate_limit_rejections_total{data="test"} 2"#))
        }
    }

    @Test func requestsAtOnceAreAdmittedUpToTheLimit() async throws {
        try await QueryServer.with { server in
            // All within a minute, however slow the machine is.
            server.time.set(seconds: 1000)
            for limit in [Int32(20), 1000] {
                let key = try await server.makeKey(rateLimit: limit).text
                let statuses = try await withThrowingTaskGroup { group in
                    for _ in 0..<16 {
                        group.addTask {
                            var statuses: [Int] = []
                            for _ in 0..<(Int(limit) / 10) {
                                statuses.append(try await server.send("/api/v1/me", key: key).status)
                            }
                            return statuses
                        }
                    }
                    return try await group.reduce(into: []) { $0 += $1 }
                }
                #expect(statuses.filter { $0 == 200 }.count == Int(limit))
                #expect(Set(statuses) == [200, 429])
            }
        }
    }
}
