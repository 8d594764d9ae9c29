import DequeModule
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Performs what ``ConnectionStateMachine`` decides, between the HTTP codec and the application.
final class ConnectionHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let limits: ConnectionLimits
    private var machine: ConnectionStateMachine
    /// What arrived for later requests; no more than one turn of reading, because reading stops while it is not empty.
    private var held: Deque<HTTPRequestPart> = []
    private var isInputClosedHeld = false
    private var isReadHeld = false
    private var timer: Scheduled<Void>?
    private var timerDeadline: NIODeadline?

    init(limits: ConnectionLimits) {
        self.limits = limits
        machine = ConnectionStateMachine(limits: limits, now: .now())
    }

    func handlerAdded(context: ChannelHandlerContext) {
        machine = ConnectionStateMachine(limits: limits, now: context.eventLoop.now)
        updateTimer(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        stop()
    }

    func channelInactive(context: ChannelHandlerContext) {
        stop()
        context.fireChannelInactive()
    }

    private func stop() {
        machine.close()
        timer?.cancel()
        timer = nil
        held.removeAll()
    }
}

// MARK: What arrives

extension ConnectionHandler {
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        if held.isEmpty {
            receive(part, context: context)
        } else {
            held.append(part)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case ChannelEvent.inputClosed = event else {
            context.fireUserInboundEventTriggered(event)
            return
        }
        guard held.isEmpty else {
            isInputClosedHeld = true
            return
        }
        if machine.receiveInputClosed() {
            context.close(promise: nil)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let refusal: RequestRefusal = (error as? HTTPParserError) == .headerOverflow ? .headTooLarge : .malformed
        switch machine.receiveFailure(refusal, now: context.eventLoop.now) {
        case .refuse(let refusal, let tellsApplication):
            refuse(refusal, tellsApplication: tellsApplication, context: context)
        case .close: context.close(promise: nil)
        case .ignore: break
        }
    }

    /// Handles a part; returns false when it must be held back.
    private func receive(_ part: HTTPRequestPart, context: ChannelHandlerContext) {
        switch decide(part, now: context.eventLoop.now) {
        case .forward: context.fireChannelRead(wrapInboundOut(part))
        case .hold: held.append(part)
        case .discard: break
        case .refuse(let refusal): refuse(refusal, tellsApplication: false, context: context)
        case .close: context.close(promise: nil)
        }
        updateTimer(context)
    }

    private func decide(_ part: HTTPRequestPart, now: NIODeadline) -> ConnectionStateMachine.InboundAction {
        switch part {
        case .head(let head): machine.receiveHead(ConnectionStateMachine.Head(head), now: now)
        case .body(let buffer): machine.receiveBody(byteCount: buffer.readableBytes, now: now)
        case .end: machine.receiveEnd(now: now)
        }
    }

    /// Goes on with what was held back, up to the next request whose answer must be awaited.
    private func resume(_ context: ChannelHandlerContext) {
        guard !held.isEmpty else { return }
        var parts = held
        held = []
        while held.isEmpty, let part = parts.popFirst() {
            receive(part, context: context)
        }
        held.append(contentsOf: parts)
        context.fireChannelReadComplete()
        if held.isEmpty, isInputClosedHeld {
            isInputClosedHeld = false
            context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        }
        releaseRead(context)
    }
}

// MARK: What is answered

extension ConnectionHandler {
    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let now = context.eventLoop.now
        switch unwrapOutboundIn(data) {
        case .head(let head) where head.status.kind == .informational:
            context.write(data, promise: promise)
        case .head(let head):
            switch machine.writeHead(now: now) {
            case .write(closes: false): context.write(data, promise: promise)
            case .write(closes: true): context.write(wrapOutboundOut(.head(head.closing)), promise: promise)
            case .discard: promise?.succeed()
            }
        case .body:
            if machine.writeBody(now: now) {
                context.write(data, promise: promise)
            } else {
                promise?.succeed()
            }
        case .end:
            writeEnd(context: context, data: data, promise: promise)
        }
    }

    func read(context: ChannelHandlerContext) {
        if held.isEmpty, machine.allowsRead {
            context.read()
        } else {
            isReadHeld = true
        }
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        switch mode {
        case .output:
            guard machine.closeOutput(now: context.eventLoop.now) else {
                promise?.succeed()
                return
            }
            updateTimer(context)
        case .input: break
        case .all: machine.close()
        }
        context.close(mode: mode, promise: promise)
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard event is BodyDemand else {
            context.triggerUserOutboundEvent(event, promise: promise)
            return
        }
        if machine.demandBody() {
            context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
        }
        promise?.succeed()
    }

    private func writeEnd(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch machine.writeEnd(now: context.eventLoop.now) {
        case .writeThenResume:
            context.write(data, promise: promise)
            updateTimer(context)
            resume(context)
        case .writeThenClose:
            writeLast(data, promise: promise, context: context)
        case .discard:
            promise?.succeed()
        }
    }

    private func refuse(_ refusal: RequestRefusal, tellsApplication: Bool, context: ChannelHandlerContext) {
        let failure = refusal.failure
        let body = ByteBuffer(string: failure.body)
        let headers: HTTPFields = [.contentType: "application/json", .contentLength: String(body.readableBytes)]
        let head = HTTPResponse(status: failure.status, headerFields: headers)
        context.write(wrapOutboundOut(.head(head.closing)), promise: nil)
        context.write(wrapOutboundOut(.body(body)), promise: nil)
        writeLast(wrapOutboundOut(.end(nil)), promise: nil, context: context)
        if tellsApplication {
            context.fireErrorCaught(refusal)
        }
    }

    private func writeLast(_ data: NIOAny, promise: EventLoopPromise<Void>?, context: ChannelHandlerContext) {
        let written = promise ?? context.eventLoop.makePromise()
        written.futureResult.assumeIsolated().whenComplete { _ in
            self.lastWasFlushed(context)
        }
        context.writeAndFlush(data, promise: written)
        updateTimer(context)
    }

    private func lastWasFlushed(_ context: ChannelHandlerContext) {
        switch machine.flushed(now: context.eventLoop.now) {
        case .close:
            context.close(promise: nil)
        case .closeOutput:
            context.close(mode: .output, promise: nil)
            updateTimer(context)
            releaseRead(context)
        case .ignore: break
        }
    }

    private func releaseRead(_ context: ChannelHandlerContext) {
        guard isReadHeld, held.isEmpty, machine.allowsRead else { return }
        isReadHeld = false
        context.read()
    }
}

// MARK: Deadlines

extension ConnectionHandler {
    /// Sees to it that the timer rings no later than the deadline; a later one is noticed when it rings.
    private func updateTimer(_ context: ChannelHandlerContext) {
        guard let deadline = machine.deadline else { return }
        if let timerDeadline, timerDeadline <= deadline { return }
        timer?.cancel()
        timerDeadline = deadline
        timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) {
            self.timerRang(context)
        }
    }

    private func timerRang(_ context: ChannelHandlerContext) {
        timer = nil
        timerDeadline = nil
        switch machine.deadlinePassed(now: context.eventLoop.now, isWritable: context.channel.isWritable) {
        case .wait: break
        case .refuse(let refusal): refuse(refusal, tellsApplication: true, context: context)
        case .close: context.close(promise: nil)
        case .ignore: return
        }
        updateTimer(context)
    }
}

extension ConnectionStateMachine.Head {
    init(_ head: HTTPRequest) {
        let fields = head.headerFields
        // The codec moves the first Host to the authority and leaves every further one among the fields.
        hasOneHost = head.authority?.isEmpty == false && !fields.contains { $0.name.canonicalName == "host" }
        expectsContinue = fields[.expect]?.lowercased() == "100-continue"
        closes = fields[.connection].map(Self.asksToClose) ?? false
    }

    private static func asksToClose(_ value: String) -> Bool {
        value.lowercased().split(separator: ",").contains {
            $0.trimmingPrefix(" ").prefix(while: { $0 != " " }) == "close"
        }
    }
}

extension HTTPResponse {
    /// The same head, saying that the connection ends.
    fileprivate var closing: HTTPResponse {
        var head = self
        head.headerFields[.connection] = "close"
        return head
    }
}
