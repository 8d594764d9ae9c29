import AsyncHTTPClient
import Foundation
import NIOCore
import Testing

/// A client of the write endpoints.
struct WritingClient: Sendable {
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
