import AsyncHTTPClient
import Foundation
import NIOCore
import Testing

/// Writes to a served Hooklog, with the rights that the service has, and through crashes.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct WriteTests {
    @Test func writeShowsAtOnceAndOutlivesARestart() async throws {
        try await ServedHooklog.with { hooklog in
            _ = try await DemoWorkspace.make(in: hooklog)
            let client = try await WritingClient.make(in: hooklog)
            let created = try await client.send("POST", "customers", #"{"name":"Acme"}"#)
            #expect(created.status == 201, "\(created.body)")
            let changed = try await client.send("PATCH", "customers/1", #"{"plan":"pro"}"#)
            #expect(changed.status == 200, "\(changed.body)")
            let headers = ["Hooklog-Min-Position": "2"]
            let read = try await hooklog.get("/api/v1/customers/1", key: client.key, headers: headers)
            #expect(read.1 == changed.body)
            try await hooklog.stop()
            try await hooklog.start()
            #expect(try await client.send("DELETE", "customers/1", nil).status == 200)
            try await LogChecks.expectSound(hooklog, events: 3)
        }
    }

    /// Clients that repeat what was not answered, under its key, do everything once, whoever is killed meanwhile.
    @Test func repeatedWritesAreDoneOnceThroughCrashes() async throws {
        try await ServedHooklog.with { hooklog in
            _ = try await DemoWorkspace.make(in: hooklog)
            let client = try await WritingClient.make(in: hooklog)
            #expect(try await client.send("POST", "customers", #"{"name":"Acme"}"#).status == 201)
            let perLane = 40
            try await withThrowingTaskGroup(of: Void.self) { group in
                for lane in 0..<8 {
                    group.addTask {
                        for number in 0..<perLane {
                            try await client.createContact("c\(lane)_\(number)")
                        }
                    }
                }
                group.addTask {
                    for _ in 0..<2 {
                        let before = try await contacts(hooklog)
                        while try await contacts(hooklog) < before + 20 {}
                        await hooklog.crash()
                        try await hooklog.start()
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await contacts(hooklog) == 8 * perLane)
            #expect(try await hooklog.query("SELECT max(display_id) FROM hooklog.contact") == "\(8 * perLane)")
            try await LogChecks.expectSound(hooklog, events: 1 + 8 * perLane)
        }
    }

    private func contacts(_ hooklog: ServedHooklog) async throws -> Int {
        Int(try await hooklog.query("SELECT count(*) FROM hooklog.contact")) ?? 0
    }
}

/// A client of the write endpoints.
private struct WritingClient: Sendable {
    let url: String
    let key: String

    private struct MadeKey: Decodable {
        let key: String
    }

    static func make(in hooklog: ServedHooklog) async throws -> WritingClient {
        let output = try await hooklog.output(of: "key", "create", "--workspace", "acme", "--scope", "write", "--json")
        let made = try JSONDecoder().decode(MadeKey.self, from: Data(output.utf8))
        return WritingClient(url: hooklog.url, key: made.key)
    }

    func send(
        _ method: String,
        _ path: String,
        _ body: String?,
        repetition: String? = nil
    ) async throws -> (status: Int, body: String) {
        var request = HTTPClientRequest(url: "\(url)/api/v1/\(path)")
        request.method = .init(rawValue: method)
        request.headers.add(name: "Authorization", value: "Bearer \(key)")
        if let repetition { request.headers.add(name: "Idempotency-Key", value: repetition) }
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
        return (Int(response.status.code), String(buffer: try await response.body.collect(upTo: 1 << 20)))
    }

    /// Adds a contact, however often it takes; the key makes it one.
    func createContact(_ name: String) async throws {
        let body = #"{"name":"\#(name)","email":"\#(name)@x.io"}"#
        let deadline = ContinuousClock.now + .seconds(90)
        while ContinuousClock.now < deadline {
            let reply = try? await send("POST", "customers/1/contacts", body, repetition: name)
            if reply?.status == 201 { return }
            if let reply { #expect([409, 503].contains(reply.status), "\(reply.body)") }
            // The server is away or still at work on the first attempt.
            try await Task.sleep(for: .milliseconds(20))
        }
        Issue.record("\(name) was not added within its time")
    }
}
