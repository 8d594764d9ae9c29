import AsyncHTTPClient
import Foundation
import Testing

/// API keys as their users meet them: the commands, then the answers.
@Suite(.timeLimit(.minutes(10)))
struct KeyTests {
    private struct MadeKey: Decodable {
        let key_id: String
        let key: String
        let rate_limit: Int?
    }

    private struct Keys: Decodable {
        struct Key: Decodable {
            let key_id: String
            let scope: String
            let livemode: Bool
            let rate_limit: Int?
            let last_used_at: String?
        }
        let keys: [Key]
    }

    private func makeKey(_ hooklog: ServedHooklog, _ options: String...) async throws -> MadeKey {
        let arguments = ["key", "create", "--workspace", "acme", "--json"] + options
        let outcome = try await HooklogBinary.run(
            arguments,
            environment: ["HOOKLOG_EMBEDDED_POSTGRES": hooklog.directory.path]
        )
        guard outcome.status == 0 else { throw CommandFailed(arguments: arguments, outcome: outcome) }
        return try JSONDecoder().decode(MadeKey.self, from: Data(outcome.output.utf8))
    }

    private func keys(_ hooklog: ServedHooklog) async throws -> [Keys.Key] {
        let text = try await hooklog.output(of: "key", "list", "--workspace", "acme", "--json")
        return try JSONDecoder().decode(Keys.self, from: Data(text.utf8)).keys
    }

    @Test func limitsAndScopesAreListed() async throws {
        try await ServedHooklog.with { hooklog in
            _ = try await DemoWorkspace.make(in: hooklog)
            let limited = try await makeKey(hooklog, "--rate-limit", "60", "--scope", "write", "--test")
            #expect(limited.rate_limit == 60)
            #expect(limited.key.hasPrefix("pivotal_test_"))
            let listed = try await keys(hooklog)
            #expect(listed.map(\.rate_limit) == [nil, 60])
            #expect(listed.map(\.scope) == ["read", "write"])
            #expect(listed.map(\.livemode) == [true, false])
            let table = try await hooklog.output(of: "key", "list", "--workspace", "acme")
            #expect(table.contains("LIMIT") && table.contains("60/min") && table.contains("none"))
            #expect(!table.contains(limited.key))
        }
    }

    @Test func revokedKeyFailsOnTheVeryNextRequest() async throws {
        try await ServedHooklog.with { hooklog in
            _ = try await DemoWorkspace.make(in: hooklog)
            for options in [[], ["1"], ["5000"]] {
                let made =
                    if let limit = options.first { try await makeKey(hooklog, "--rate-limit", limit) } else {
                        try await makeKey(hooklog)
                    }
                #expect(try await hooklog.get("/api/v1/me", key: made.key).0 == 200)
                _ = try await hooklog.output(of: "key", "revoke", made.key_id, "--workspace", "acme")
                let (status, body) = try await hooklog.get("/api/v1/me", key: made.key)
                #expect(status == 401)
                #expect(body.contains(#""code":"api_key_revoked""#))
            }
        }
    }

    @Test func testKeySeesTestRowsOnly() async throws {
        try await ServedHooklog.with { hooklog in
            let workspace = try await DemoWorkspace.make(in: hooklog)
            let sender = try SignedSender(url: hooklog.url + workspace.path, secret: workspace.secret)
            for (index, livemode) in [true, false].enumerated() {
                let id = livemode ? "cus_live" : "cus_test"
                let body =
                    #"{"id":"evt_\#(id)","type":"customer.created","created_at":"2026-05-26T18:42:00Z","#
                    + #""livemode":\#(livemode),"data":{"object":{"id":"\#(id)","display_id":1,"name":"Acme"}}}"#
                #expect(try await sender.deliver(body, deliveryID: "msg_\(index)").status == 202)
            }
            let test = try await makeKey(hooklog, "--test").key
            for (key, own, other) in [(workspace.key, "cus_live", "cus_test"), (test, "cus_test", "cus_live")] {
                let (status, list) = try await hooklog.get(
                    "/api/v1/customers",
                    key: key,
                    headers: ["Hooklog-Min-Position": "2"]
                )
                #expect(status == 200)
                #expect(list.contains(own) && !list.contains(other))
                #expect(try await hooklog.get("/api/v1/customers/1", key: key).1.contains(own))
                #expect(try await hooklog.get("/api/v1/customers/\(other)", key: key).0 == 404)
                #expect(try await !hooklog.get("/v1/events", key: key).1.contains(other))
            }
        }
    }

    @Test func useIsWrittenDownAtTheLatestWhenServingEnds() async throws {
        try await ServedHooklog.with { hooklog in
            let workspace = try await DemoWorkspace.make(in: hooklog)
            #expect(try await keys(hooklog).map(\.last_used_at) == [nil])
            #expect(try await hooklog.get("/api/v1/me", key: workspace.key).0 == 200)
            try await hooklog.stop()
            #expect(try await keys(hooklog).compactMap(\.last_used_at).count == 1)
            try await hooklog.start()
        }
    }

    /// Two processes take turns at one limit, and race for another.
    @Test(arguments: [30, 1000])
    func processesShareALimit(limit: Int) async throws {
        try await ServedHooklog.with { hooklog in
            _ = try await DemoWorkspace.make(in: hooklog)
            let key = try await makeKey(hooklog, "--rate-limit", "\(limit)").key
            let second = try SecondProcess(beside: hooklog)
            defer { second.stop() }
            try await second.waitUntilReady()
            let urls = [hooklog.url, second.url]
            let start = ContinuousClock.now
            let admitted = try await withThrowingTaskGroup { group in
                for lane in 0..<8 {
                    group.addTask {
                        var admitted = 0
                        while try await Self.status(of: urls[(lane + admitted) % 2] + "/api/v1/me", key: key) == 200 {
                            admitted += 1
                        }
                        return admitted
                    }
                }
                return try await group.reduce(0, +)
            }
            // What one process admits on credit, the other has not heard of: a thousandth of the limit. A machine that
            // is slow enough for a second minute has the limit once more.
            let minutes = 1 + (ContinuousClock.now - start).components.seconds / 60
            #expect((limit...(limit + limit / 1000) * Int(minutes)).contains(admitted), "\(admitted)")
        }
    }

    private static func status(of url: String, key: String) async throws -> Int {
        var request = HTTPClientRequest(url: url)
        request.headers.add(name: "Authorization", value: "Bearer \(key)")
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
        _ = try await response.body.collect(upTo: 1 << 20)
        return Int(response.status.code)
    }
}
