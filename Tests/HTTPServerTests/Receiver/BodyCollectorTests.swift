import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import HTTPServer

struct BodyCollectorTests {
    private func request(_ chunks: [String], stated: String? = nil) -> Request {
        let body = RequestBody(
            asyncSequence: AsyncStream { continuation in
                for chunk in chunks {
                    continuation.yield(ByteBuffer(string: chunk))
                }
                continuation.finish()
            }
        )
        var fields: HTTPFields = [:]
        fields[.contentLength] = stated
        let head = HTTPRequest(method: .post, scheme: "http", authority: "a", path: "/", headerFields: fields)
        return Request(head: head, body: body)
    }

    @Test(arguments: [[], ["abc"], ["a", "b", "c"], ["", "abc", ""]])
    func chunksAreJoined(_ chunks: [String]) async throws {
        let body = try await BodyCollector(limit: 3).collect(request(chunks))
        #expect(body == Array(chunks.joined().utf8))
    }

    @Test(arguments: [["abcd"], ["ab", "cd"], ["abc", "d"]])
    func bodyOverTheLimitIsRefused(_ chunks: [String]) async {
        await #expect(throws: HTTPFailure.contentTooLarge(limit: 3)) {
            try await BodyCollector(limit: 3).collect(request(chunks))
        }
    }

    @Test func statedLengthOverTheLimitIsRefusedUnread() async {
        let untouched = RequestBody(
            asyncSequence: AsyncStream<ByteBuffer> {
                Issue.record("The body was read.")
                return nil
            }
        )
        let head = HTTPRequest(
            method: .post,
            scheme: "http",
            authority: "a",
            path: "/",
            headerFields: [.contentLength: "4"]
        )
        await #expect(throws: HTTPFailure.contentTooLarge(limit: 3)) {
            try await BodyCollector(limit: 3).collect(Request(head: head, body: untouched))
        }
    }

    @Test func bodyShorterThanStatedIsRefused() async {
        await #expect(throws: RequestRefusal.malformed) {
            try await BodyCollector(limit: 10).collect(request(["abc"], stated: "4"))
        }
    }
}
