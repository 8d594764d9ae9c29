import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOHTTPTypes
import Testing

@testable import HTTPServer

struct ConnectionHandlerTests {
    /// Stands for a socket, which stays open when its output is closed; the embedded channel would not.
    private final class HalfClosure: ChannelOutboundHandler {
        typealias OutboundIn = HTTPResponsePart
        typealias OutboundOut = HTTPResponsePart

        func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
            if mode == .all {
                context.close(promise: promise)
            } else {
                promise?.succeed()
            }
        }
    }

    private func channel(
        _ limits: ConnectionLimits = ConnectionLimits(),
        bodies: BodyBudget = BodyBudget()
    ) throws -> EmbeddedChannel {
        let channel = EmbeddedChannel()
        try channel.pipeline.syncOperations.addHandler(HalfClosure())
        try channel.pipeline.syncOperations.addHandler(ConnectionHandler(limits: limits, bodies: bodies))
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 80)).wait()
        return channel
    }

    private func head(_ fields: HTTPFields = [:], authority: String? = "a") -> HTTPRequestPart {
        .head(HTTPRequest(method: .post, scheme: "http", authority: authority, path: "/", headerFields: fields))
    }

    private func answer(_ channel: EmbeddedChannel, _ status: HTTPResponse.Status) throws {
        try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: status)))
        try channel.writeOutbound(HTTPResponsePart.end(nil))
    }

    private func statuses(_ channel: EmbeddedChannel) throws -> [Int] {
        var statuses: [Int] = []
        while let part = try channel.readOutbound(as: HTTPResponsePart.self) {
            guard case .head(let head) = part else { continue }
            statuses.append(head.status.code)
        }
        return statuses
    }

    private func forwarded(_ channel: EmbeddedChannel) throws -> [HTTPRequestPart] {
        var parts: [HTTPRequestPart] = []
        while let part = try channel.readInbound(as: HTTPRequestPart.self) {
            parts.append(part)
        }
        return parts
    }

    @Test func secondRequestReachesTheApplicationAfterTheFirstAnswer() throws {
        let channel = try channel()
        for _ in 0..<3 {
            try channel.writeInbound(head())
            try channel.writeInbound(HTTPRequestPart.end(nil))
        }
        #expect(try forwarded(channel) == [head(), .end(nil)])
        try answer(channel, .ok)
        #expect(try forwarded(channel) == [head(), .end(nil)])
        try answer(channel, .accepted)
        try answer(channel, .notFound)
        #expect(try statuses(channel) == [200, 202, 404])
        #expect(channel.isActive)
    }

    @Test(arguments: [nil, "", "a"])
    func missingAndRepeatedHostIsAnsweredByTheConnection(_ authority: String?) throws {
        let channel = try channel()
        let fields = HTTPFields([HTTPField(name: try #require(HTTPField.Name("Host")), value: "b")])
        try channel.writeInbound(head(authority == nil ? [:] : fields, authority: authority))
        #expect(try forwarded(channel).isEmpty)
        #expect(try statuses(channel) == [400])
    }

    @Test func refusedBodyReachesNobodyAndTheConnectionIsCutWithinASecond() throws {
        let channel = try channel()
        try channel.writeInbound(head())
        _ = try forwarded(channel)
        try answer(channel, .contentTooLarge)
        for _ in 0..<10 {
            try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(repeating: 0, count: 65536)))
        }
        #expect(try forwarded(channel).isEmpty)
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(899))
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(1))
        #expect(!channel.isActive)
    }

    @Test func earlyAnswerSaysThatTheConnectionEnds() throws {
        let channel = try channel()
        try channel.writeInbound(head())
        try answer(channel, .notFound)
        guard case .head(let head) = try channel.readOutbound(as: HTTPResponsePart.self) else {
            Issue.record("There is no head.")
            return
        }
        #expect(head.headerFields[.connection] == "close")
    }

    @Test func bodyDeadlineIsAnsweredAndToldToTheApplication() throws {
        let channel = try channel()
        try channel.writeInbound(head())
        channel.embeddedEventLoop.advanceTime(by: .seconds(9))
        #expect(try statuses(channel).isEmpty)
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(try statuses(channel) == [408])
        #expect(throws: RequestRefusal.bodyDeadline) { try channel.throwIfErrorCaught() }
        try answer(channel, .internalServerError)
        #expect(try statuses(channel).isEmpty)
    }

    @Test func idleConnectionIsClosedAfterTheHeadDeadline() throws {
        let channel = try channel()
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(9999))
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(1))
        #expect(!channel.isActive)
        #expect(try statuses(channel).isEmpty)
    }

    @Test func usedConnectionIsClosedAfterTheHeadDeadlineSinceTheLastAnswer() throws {
        let channel = try channel()
        channel.embeddedEventLoop.advanceTime(by: .seconds(8))
        try channel.writeInbound(head())
        try channel.writeInbound(HTTPRequestPart.end(nil))
        try answer(channel, .ok)
        channel.embeddedEventLoop.advanceTime(by: .seconds(9))
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(!channel.isActive)
    }

    @Test func continueIsWrittenOnDemand() throws {
        let channel = try channel()
        try channel.writeInbound(head([.expect: "100-continue"]))
        #expect(try statuses(channel).isEmpty)
        channel.triggerUserOutboundEvent(BodyDemand(), promise: nil)
        #expect(try statuses(channel) == [100])
    }

    @Test(arguments: [(HTTPParserError.headerOverflow, 431), (.unexpectedContentLength, 400), (.unknown, 400)])
    func parserErrorIsAnswered(_ error: HTTPParserError, _ status: Int) throws {
        let channel = try channel()
        channel.pipeline.fireErrorCaught(error)
        #expect(try statuses(channel) == [status])
        try channel.throwIfErrorCaught()
    }

    @Test func bodyThatFindsNoRoomIsAnsweredAndToldToTheApplication() throws {
        let bodies = BodyBudget(byteCount: 1 << 20)
        let channel = try channel(bodies: bodies)
        try channel.writeInbound(head())
        let part = HTTPRequestPart.body(ByteBuffer(repeating: 0, count: 200_000))
        for _ in 0..<3 { try channel.writeInbound(part) }
        #expect(try statuses(channel).isEmpty)
        #expect(bodies.byteCount == head().memoryByteCount + 3 * (200_000 + BodyBudget.partByteCount))
        #expect(throws: RequestRefusal.bodiesFull) { try channel.writeInbound(part) }
        guard case .head(let head) = try channel.readOutbound(as: HTTPResponsePart.self) else {
            Issue.record("There is no head.")
            return
        }
        #expect(head.status == .serviceUnavailable)
        #expect(head.headerFields[.retryAfter] == "1")
        #expect(head.headerFields[.connection] == "close")
        // What the application has is counted until it says that it is done.
        #expect(bodies.byteCount > 0)
        try answer(channel, .serviceUnavailable)
        #expect(try statuses(channel).isEmpty)
        #expect(bodies.byteCount == 0)
        try channel.writeInbound(part)
        #expect(bodies.byteCount == 0)
    }

    @Test func slowBodyMakesRoomForANewOne() throws {
        let bodies = BodyBudget(byteCount: 1 << 20)
        let slow = try channel(bodies: bodies)
        let quick = try channel(bodies: bodies)
        let part = HTTPRequestPart.body(ByteBuffer(repeating: 0, count: 400_000))
        try slow.writeInbound(head())
        try slow.writeInbound(part)
        slow.embeddedEventLoop.advanceTime(by: .seconds(5))
        quick.embeddedEventLoop.advanceTime(by: .seconds(5))
        try quick.writeInbound(head())
        try quick.writeInbound(part)
        #expect(try statuses(slow) == [503])
        #expect(throws: RequestRefusal.bodiesFull) { try slow.throwIfErrorCaught() }
        try quick.writeInbound(HTTPRequestPart.end(nil))
        try answer(quick, .accepted)
        #expect(try statuses(quick) == [202])
        slow.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(!slow.isActive)
        #expect(bodies.byteCount == 0)
    }

    @Test func bodyOfAPipelinedRequestThatFindsNoRoomIsDroppedAfterTheAnswerBeforeIt() throws {
        let bodies = BodyBudget(byteCount: 1 << 20)
        let channel = try channel(bodies: bodies)
        let part = HTTPRequestPart.body(ByteBuffer(repeating: 0, count: 400_000))
        try channel.writeInbound(head())
        try channel.writeInbound(part)
        try channel.writeInbound(HTTPRequestPart.end(nil))
        _ = try forwarded(channel)
        try channel.writeInbound(head())
        try channel.writeInbound(part)
        try channel.writeInbound(part)
        #expect(bodies.byteCount == head().memoryByteCount + 400_000 + BodyBudget.partByteCount)
        try answer(channel, .accepted)
        #expect(try statuses(channel) == [202])
        #expect(try forwarded(channel).isEmpty)
        #expect(!channel.isActive)
        #expect(bodies.byteCount == 0)
    }

    @Test(arguments: ["close", "deadline", "parser", "early answer"])
    func whatABodyTookComesBackHoweverItEnds(_ ending: String) throws {
        let bodies = BodyBudget()
        let channel = try channel(bodies: bodies)
        try channel.writeInbound(head())
        try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(repeating: 0, count: 1000)))
        #expect(bodies.byteCount == head().memoryByteCount + 1000 + BodyBudget.partByteCount)
        switch ending {
        case "close": channel.close(promise: nil)
        case "deadline": channel.embeddedEventLoop.advanceTime(by: .seconds(11))
        case "parser": channel.pipeline.fireErrorCaught(HTTPParserError.unknown)
        default: try answer(channel, .notFound)
        }
        _ = try? channel.throwIfErrorCaught()
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        channel.embeddedEventLoop.run()
        #expect(bodies.byteCount == 0)
        #expect(!channel.isActive)
    }

    @Test func connectionCloseIsReadFromAList() {
        for value in ["close", "Close", "keep-alive, close", "keep-alive , close ", "closed"] {
            let request = HTTPRequest(
                method: .get,
                scheme: "http",
                authority: "a",
                path: "/",
                headerFields: [.connection: value]
            )
            #expect(ConnectionStateMachine.Head(request).closes == (value != "closed"))
        }
    }
}
