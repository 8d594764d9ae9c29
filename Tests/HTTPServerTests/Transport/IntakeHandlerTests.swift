import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import Testing

@testable import HTTPServer

struct IntakeHandlerTests {
    /// Stands for a socket: it counts the reads that are asked for.
    private final class Socket: ChannelOutboundHandler {
        typealias OutboundIn = IOData

        var readCount = 0

        func read(context: ChannelHandlerContext) {
            readCount += 1
        }
    }

    private static let request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    private let bodies = BodyBudget(byteCount: 1 << 20)
    private let channel = EmbeddedChannel()
    private let socket = Socket()

    init() throws {
        let pipeline = channel.pipeline.syncOperations
        let framing = FramingHandler(headLimit: 1000)
        let connection = ConnectionHandler(limits: ConnectionLimits(), bodies: bodies)
        try pipeline.addHandlers([socket, IntakeHandler(framing: framing, connection: connection)])
        try pipeline.configureHTTPServerPipeline(withPipeliningAssistance: false, withErrorHandling: false)
        try pipeline.addHandlers([framing, HTTP1ToHTTPServerCodec(secure: false), connection])
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 80)).wait()
    }

    private func receive(_ text: String) throws {
        try channel.writeInbound(ByteBuffer(string: text))
    }

    private func forwarded() throws -> [HTTPRequestPart] {
        var parts: [HTTPRequestPart] = []
        while let part = try channel.readInbound(as: HTTPRequestPart.self) {
            parts.append(part)
        }
        return parts
    }

    private func answer() throws {
        try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .ok)))
        try channel.writeOutbound(HTTPResponsePart.end(nil))
        // Each write copies the list of what was written and not read yet.
        while try channel.readOutbound(as: IOData.self) != nil {}
    }

    @Test func pipelinedRequestsWaitUnreadUntilTheirTurn() throws {
        let count = 10_000
        try receive(String(repeating: Self.request, count: count))
        #expect(try forwarded().count == 2)
        // All of them as parts would take ten times their bytes.
        #expect(bodies.byteCount < Self.request.utf8.count * count * 3 / 2)
        channel.read()
        #expect(socket.readCount == 0)
        for _ in 1..<count {
            try answer()
            #expect(try forwarded().count == 2)
        }
        try answer()
        #expect(try forwarded().isEmpty)
        #expect(socket.readCount == 1)
        #expect(bodies.byteCount == 0)
    }

    @Test func whatWaitsIsDroppedWhenTheConnectionEnds() throws {
        try receive(String(repeating: Self.request, count: 1000))
        #expect(try forwarded().count == 2)
        channel.close(promise: nil)
        channel.embeddedEventLoop.run()
        #expect(try forwarded().isEmpty)
        #expect(bodies.byteCount == 0)
    }

    @Test func whatFollowsTheLastAnswerIsDroppedUnread() throws {
        try receive("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" + Self.request)
        try answer()
        #expect(try forwarded().count == 2)
        #expect(bodies.byteCount == 0)
    }

    @Test func endOfTheInputIsToldAfterWhatWaits() throws {
        try receive(String(repeating: Self.request, count: 1000))
        channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        for _ in 0..<1000 {
            #expect(try forwarded().count == 2)
            try answer()
        }
        #expect(bodies.byteCount == 0)
    }

    @Test func requestsThatFindNoRoomAreDroppedAfterTheAnswerInHand() throws {
        for _ in 0..<10 {
            try receive(String(repeating: Self.request, count: 10_000))
        }
        #expect(bodies.byteCount < 10_000)
        #expect(try forwarded().count == 2)
        try answer()
        #expect(try forwarded().isEmpty)
        #expect(!channel.isActive)
        #expect(bodies.byteCount == 0)
    }

    @Test func chunksOfATurnAreOnePart() throws {
        try receive("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        try receive(String(repeating: "1\r\na\r\n", count: 1000) + "0\r\n\r\n")
        #expect(try forwarded().dropFirst() == [.body(ByteBuffer(repeating: 0x61, count: 1000)), .end(nil)])
    }

    @Test func partOfAHeadIsCountedAndMakesRoom() throws {
        try receive("GET / HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "a", count: 500))
        #expect(bodies.byteCount > 500)
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        for _ in 0..<16 {
            _ = bodies.take(61_440, by: EmbeddedChannel(), now: channel.eventLoop.now)
        }
        channel.embeddedEventLoop.run()
        let part = try channel.readOutbound(as: ByteBuffer.self)
        #expect(part.map { String(buffer: $0).hasPrefix("HTTP/1.1 503 ") } == true)
        #expect(!channel.isActive)
        #expect(bodies.byteCount == 16 * 61_440)
    }
}
