import NIOCore
import NIOHTTP1
import NIOTLS

/// One connection to the receiver: sends a request, waits for its response, sends the next.
final class SendConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    /// How long opening a connection and its encryption may each take.
    static let openingTimeout = TimeAmount.seconds(5)
    /// An answer of ours is shorter; of a longer one the rest is passed over.
    private static let longestBody = 1024

    private let loop: SendLoop
    private let target: SendTarget
    /// Succeeds when requests can be sent; fails when the connection ends before that.
    private let isReady: EventLoopPromise<Void>
    private var channel: (any Channel)?
    private var hasBegun = false
    /// When the request in flight was sent, or was due.
    private var waitingSince: NIODeadline?
    /// When the request in flight was sent.
    private var sentAt: NIODeadline?
    private var head: HTTPResponseHead?
    private var body: [UInt8] = []

    init(loop: SendLoop, target: SendTarget, isReady: EventLoopPromise<Void>) {
        self.loop = loop
        self.target = target
        self.isReady = isReady
    }

    func channelActive(context: ChannelHandlerContext) {
        channel = context.channel
        loop.add(self)
        guard target.isSecure else { return begin(context) }
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: Self.openingTimeout) {
            if !bound.value.hasBegun { bound.value.close() }
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted = event { begin(context) }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): (self.head, body) = (head, [])
        case .body(let bytes): body += bytes.readableBytesView.prefix(Self.longestBody - body.count)
        case .end: finish(context)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if waitingSince != nil { loop.tally.recordUnanswered() }
        waitingSince = nil
        loop.remove(self)
        channel = nil
        isReady.fail(ChannelError.eof)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A broken connection is counted when it becomes inactive.
        context.close(promise: nil)
    }

    func close() {
        channel?.close(promise: nil)
    }

    func closeIfOverdue(at now: NIODeadline) {
        guard waitingSince != nil, let sentAt, now - sentAt > SendLoop.answerTimeout else { return }
        close()
    }

    private func begin(_ context: ChannelHandlerContext) {
        hasBegun = true
        isReady.succeed()
        scheduleNext(context)
    }

    private func finish(_ context: ChannelHandlerContext) {
        guard let head, let start = waitingSince else { return context.close(promise: nil) }
        waitingSince = nil
        loop.record(status: Int(head.status.code), outcome: DeliveryOutcome(body: body[...]), since: start)
        guard head.isKeepAlive else { return context.close(promise: nil) }
        scheduleNext(context)
    }

    private func scheduleNext(_ context: ChannelHandlerContext) {
        guard loop.hasWork else { return context.close(promise: nil) }
        guard let due = loop.reserve(), due > .now() else { return send(context, due: nil) }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(deadline: due) {
            let (connection, context) = bound.value
            guard context.channel.isActive else { return }
            connection.send(context, due: due)
        }
    }

    private func send(_ context: ChannelHandlerContext, due: NIODeadline?) {
        guard let delivery = loop.nextDelivery() else { return context.close(promise: nil) }
        let now = NIODeadline.now()
        sentAt = now
        waitingSince = due ?? now
        context.write(wrapOutboundOut(.head(head(of: delivery))), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: delivery.body)))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    private func head(of delivery: Delivery) -> HTTPRequestHead {
        var headers = HTTPHeaders(delivery.headers.fields.map { ($0.name, $0.value) })
        headers.add(name: "Host", value: target.authority)
        headers.add(name: "User-Agent", value: "hooklog/\(BuildVersion.text)")
        headers.add(name: "Content-Type", value: "application/json")
        headers.add(name: "Content-Length", value: String(delivery.body.count))
        return HTTPRequestHead(version: .http1_1, method: .POST, uri: target.path, headers: headers)
    }
}
