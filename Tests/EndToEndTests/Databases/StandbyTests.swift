import AsyncHTTPClient
import Foundation
import PostgresTesting
import Testing

/// Reads on a hot standby, beside a Hooklog on its primary.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct StandbyTests {
    private struct MadeKey: Decodable {
        let key: String
    }

    /// A Hooklog on a primary, and one with `--roles api` on its standby.
    private struct Pair: Sendable {
        let standby: TestCluster
        let writing: ServedHooklog
        let reading: ServedHooklog

        /// Runs a statement on the standby.
        func onStandby(_ sql: String) async throws {
            _ = try await reading.output(of: "psql", "--", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", sql)
        }

        /// Makes a key, and returns when the standby knows it.
        func key(_ arguments: [String]) async throws -> String {
            let made = try await writing.output(of: ["key", "create", "--json"] + arguments)
            let written = try await writing.query("SELECT pg_current_wal_lsn()")
            try await OtherProcess.wait(for: "the standby to follow") {
                try await reading.query("SELECT pg_last_wal_replay_lsn() >= '\(written)'") == "t"
            }
            return try JSONDecoder().decode(MadeKey.self, from: Data(made.utf8)).key
        }
    }

    private func withStandby(_ body: @Sendable (Pair) async throws -> Void) async throws {
        let primary = try await TestCluster(replicates: true)
        let standby = try await TestCluster(standbyOf: primary)
        defer {
            standby.kill()
            primary.kill()
        }
        let writing = try ServedHooklog(on: primary.connectionString())
        let reading = try ServedHooklog(on: standby.connectionString() + " target_session_attrs=any")
        try await writing.start()
        _ = try await writing.output(of: "workspace", "create", "acme")
        // The schema must be there before it serves.
        let pair = Pair(standby: standby, writing: writing, reading: reading)
        _ = try await pair.key([])
        try await reading.start(["--roles", "api"])
        try await body(pair)
        #expect(try await reading.stop() == 0)
        #expect(try await writing.stop() == 0)
    }

    @Test func readsAreHeldToTheirKeysLimit() async throws {
        try await withStandby { pair in
            let key = try await pair.key(["--rate-limit", "3"])
            var statuses: [Int] = []
            for _ in 0..<5 { statuses.append(try await pair.reading.get("/api/v1/customers", key: key).0) }
            #expect(statuses == [200, 200, 200, 429, 429])
        }
    }

    @Test func readsWaitForWhatIsStillToCome() async throws {
        try await withStandby { pair in
            let key = try await pair.key(["--scope", "write"])
            try await pair.onStandby("SELECT pg_wal_replay_pause()")
            let written = try await Self.create("Acme", at: pair.writing.url, key: key)
            let position = try #require(written.headers.first(name: "Hooklog-Position"))
            let wanted = ["Hooklog-Min-Position": position]
            let early = try await pair.reading.get("/api/v1/customers", key: key, headers: wanted)
            #expect(early.0 == 503 && early.1.contains("read_model_behind"), "\(early)")
            async let waiting = pair.reading.get("/api/v1/customers", key: key, headers: wanted)
            try await pair.onStandby("SELECT pg_wal_replay_resume()")
            let late = try await waiting
            #expect(late.0 == 200 && late.1.contains("Acme"), "\(late)")
        }
    }

    @Test func writesAreRefusedWithTheWayOut() async throws {
        try await withStandby { pair in
            let key = try await pair.key(["--scope", "write"])
            let refused = try await Self.create("Acme", at: pair.reading.url, key: key)
            #expect(refused.status == .serviceUnavailable)
            #expect(refused.headers.first(name: "Retry-After") == "1")
            let body = String(buffer: try await refused.body.collect(upTo: 1 << 16))
            #expect(body.contains("standby") && body.contains("primary"), "\(body)")
            #expect(try await pair.reading.adminPage("/readyz").contains(#""database":"ready""#))
            let outcome = try await pair.reading.run("doctor")
            #expect(outcome.status == 1 && outcome.output.contains("--roles api"), "\(outcome.output)")
        }
    }

    @Test func otherRolesAreNotReadyThere() async throws {
        try await withStandby { pair in
            let wrong = try ServedHooklog(on: pair.standby.connectionString())
            try await wrong.spawn(["--roles", "receiver,api"])
            // At first the page says that nothing has been looked at yet.
            try await OtherProcess.wait(for: "a page that tells of the standby", log: { wrong.log }) {
                (try? await wrong.adminPage("/readyz"))?.contains("the database is a standby") == true
            }
            #expect(try await wrong.stop() == 0)
        }
    }

    private static func create(_ name: String, at url: String, key: String) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: url + "/api/v1/customers")
        request.method = .POST
        request.headers.add(name: "Authorization", value: "Bearer \(key)")
        request.headers.add(name: "Content-Type", value: "application/json")
        request.body = .bytes(Array(#"{"name":"\#(name)"}"#.utf8))
        return try await HTTPClient.shared.execute(request, timeout: .seconds(20))
    }
}
