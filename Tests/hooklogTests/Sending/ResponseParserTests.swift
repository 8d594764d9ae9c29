import NIOCore
import Testing

@testable import hooklog

@Suite("Responses to a sender")
struct ResponseParserTests {
    private static let receipt = #"{"position":3,"status":"duplicate"}"#

    /// Feeds the bytes in pieces of one size and returns the responses.
    private func parse(_ text: String, pieces: Int) throws -> [ResponseParser.Response] {
        var parser = ResponseParser()
        var responses: [ResponseParser.Response] = []
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            var piece = ByteBuffer(bytes: bytes.prefix(pieces))
            bytes = bytes.dropFirst(pieces)
            parser.append(&piece)
            while let response = try parser.next() { responses.append(response) }
        }
        return responses
    }

    @Test("Responses are read however they are cut", arguments: [1, 2, 3, 7, 64, 4096])
    func cutting(_ pieces: Int) throws {
        let length = Self.receipt.utf8.count
        let text =
            "HTTP/1.1 202 Accepted\r\nContent-Length: \(length)\r\nX: y\r\n\r\n\(Self.receipt)"
            + "HTTP/1.1 100 Continue\r\n\r\n"
            + "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
            + "5;x=y\r\n{\"sta\r\n18\r\ntus\":\"conflict\",\"a\":\"b\"}\r\n0\r\nT: 1\r\n\r\n"
            + "HTTP/1.1 204 No Content\r\n\r\n"
            + "HTTP/1.1 503 Busy\nConnection: close\ncontent-length: 0\n\n"
        #expect(
            try parse(text, pieces: pieces) == [
                .init(status: 202, outcome: .duplicate, keepsAlive: true),
                .init(status: 200, outcome: .conflict, keepsAlive: true),
                .init(status: 204, outcome: nil, keepsAlive: true),
                .init(status: 503, outcome: nil, keepsAlive: false),
            ]
        )
    }

    @Test("HTTP/1.0 closes unless it says otherwise")
    func oldVersion() throws {
        let plain = try parse("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", pieces: 99)
        #expect(plain.first?.keepsAlive == false)
        let kept = try parse("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 0\r\n\r\n", pieces: 99)
        #expect(kept.first?.keepsAlive == true)
    }

    @Test(
        "What is no response is refused",
        arguments: [
            "SSH-2.0-x\r\n\r\n", "HTTP/2 200\r\n\r\n", "HTTP/1.1 2x0 OK\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
        ]
    )
    func garbageIsRefused(_ text: String) {
        #expect(throws: ResponseParser.Failure.self) { try parse(text, pieces: 4096) }
    }

    @Test("A head without end and a huge body are refused")
    func sizesAreBounded() {
        #expect(throws: ResponseParser.Failure.tooLarge) {
            try parse("HTTP/1.1 200 OK\r\nA: " + String(repeating: "a", count: 20_000), pieces: 4096)
        }
        #expect(throws: ResponseParser.Failure.tooLarge) {
            try parse("HTTP/1.1 200 OK\r\nContent-Length: 1048577\r\n\r\n", pieces: 4096)
        }
    }

    @Test("Other bodies tell no outcome", arguments: ["", "ok", #"{"status":"up"}"#, #"{"status":5}"#])
    func otherBodies(_ body: String) {
        #expect(DeliveryOutcome(body: Array(body.utf8)[...]) == nil)
    }
}
