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
    private let bodies: BodyBudget
    private var machine: ConnectionStateMachine
    /// The bytes of the budget that were taken for what was forwarded and what is held.
    private var takenByteCount = 0
    /// Those of them that were taken for later requests, be they held as parts or wait as bytes.
    private var waitingByteCount = 0
    /// What arrived for later requests in the bytes that completed this one; few, for ``IntakeHandler`` gives the codec few at a
    /// time, and none while it is not empty.
    private var held: Deque<HTTPRequestPart> = []
    private var isInputClosedHeld = false
    private var isReadHeld = false
    private var timer: Scheduled<Void>?
    private var timerDeadline: NIODeadline?

    init(limits: ConnectionLimits, bodies: BodyBudget) {
        self.limits = limits
        self.bodies = bodies
        machine = ConnectionStateMachine(limits: limits, now: .now())
    }

    func handlerAdded(context: ChannelHandlerContext) {
        machine = ConnectionStateMachine(limits: limits, now: context.eventLoop.now)
        updateTimer(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        stop(context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        stop(context)
        context.fireChannelInactive()
    }

    private func stop(_ context: ChannelHandlerContext) {
        machine.close()
        timer?.cancel()
        timer = nil
        held.removeAll()
        bodies.closed(context.channel)
        takenByteCount = 0
        waitingByteCount = 0
    }
}

// MARK: What arrives

extension ConnectionHandler {
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        guard take(part, context: context) else {
            fail(.bodiesFull, context: context)
            return
        }
        if held.isEmpty {
            receive(part, context: context)
        } else {
            hold(part)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is BodyEviction {
            if bodies.isLeaving(context.channel) { fail(.bodiesFull, context: context) }
            return
        }
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
        if let refusal = error as? RequestRefusal {
            fail(refusal, context: context)
        } else {
            fail((error as? HTTPParserError) == .headerOverflow ? .headTooLarge : .malformed, context: context)
        }
    }

    /// Gives up the request that is arriving; what was held back of later ones is dropped.
    private func fail(_ refusal: RequestRefusal, context: ChannelHandlerContext) {
        switch machine.receiveFailure(refusal, now: context.eventLoop.now) {
        case .refuse(let refusal, let tellsApplication):
            refuse(refusal, tellsApplication: tellsApplication, context: context)
        case .close: context.close(promise: nil)
        case .ignore: dropHeld(context)
        }
        context.triggerUserOutboundEvent(IntakeChange(), promise: nil)
    }

    /// Handles a part; returns false when it must be held back.
    private func receive(_ part: HTTPRequestPart, context: ChannelHandlerContext) {
        switch decide(part, now: context.eventLoop.now) {
        case .forward:
            if case .end = part, takenByteCount > 0 { bodies.arrived(context.channel) }
            context.fireChannelRead(wrapInboundOut(part))
        case .hold: hold(part)
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
        defer { context.triggerUserOutboundEvent(IntakeChange(), promise: nil) }
        guard !held.isEmpty else { return }
        while machine.intake != .hold, let part = held.popFirst() {
            waitingByteCount -= part.memoryByteCount
            receive(part, context: context)
        }
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
            case .write(let closes):
                context.write(wrapOutboundOut(.head(head.completed(closes: closes))), promise: promise)
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
        give(context)
        switch machine.writeEnd(now: context.eventLoop.now) {
        case .writeThenResume:
            context.write(data, promise: promise)
            updateTimer(context)
            resume(context)
        case .writeThenClose:
            writeLast(data, promise: promise, context: context)
            context.triggerUserOutboundEvent(IntakeChange(), promise: nil)
        case .discard:
            promise?.succeed()
        }
    }

    private func refuse(_ refusal: RequestRefusal, tellsApplication: Bool, context: ChannelHandlerContext) {
        let failure = refusal.failure
        if refusal == .bodiesFull { bodies.countRefusal() }
        let body = ByteBuffer(string: failure.body)
        var headers = failure.headers
        headers[.contentType] = "application/json"
        headers[.contentLength] = String(body.readableBytes)
        let head = HTTPResponse(status: failure.status, headerFields: headers)
        context.write(wrapOutboundOut(.head(head.completed(closes: true))), promise: nil)
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

// MARK: Memory

extension ConnectionHandler {
    /// What is to be done with bytes that come.
    var intake: ConnectionStateMachine.Intake { machine.intake }

    /// Counts bytes of which no part was made yet; returns false when there is no room for them.
    ///
    /// - Parameter waits: Whether they are to be read after an answer; otherwise they are given back with it.
    func take(_ count: Int, waits: Bool, context: ChannelHandlerContext) -> Bool {
        guard bodies.take(count, by: context.channel, now: context.eventLoop.now) else { return false }
        takenByteCount += count
        if waits { waitingByteCount += count }
        return true
    }

    /// Gives back what was taken for later requests.
    func give(_ count: Int, context: ChannelHandlerContext) {
        takenByteCount -= count
        waitingByteCount -= count
        bodies.give(count, by: context.channel)
    }

    /// Some bytes were dropped unread.
    func drop(_ count: Int) {
        machine.drop(byteCount: count)
    }

    /// Counts a part that will be kept; returns false when there is no room for it.
    private func take(_ part: HTTPRequestPart, context: ChannelHandlerContext) -> Bool {
        let count = part.memoryByteCount
        guard count > 0, machine.intake != .drop else { return true }
        return take(count, waits: false, context: context)
    }

    private func hold(_ part: HTTPRequestPart) {
        held.append(part)
        waitingByteCount += part.memoryByteCount
    }

    /// Gives back what the answered request took; what is held or waits belongs to later ones.
    private func give(_ context: ChannelHandlerContext) {
        guard takenByteCount > waitingByteCount else { return }
        bodies.give(takenByteCount - waitingByteCount, by: context.channel)
        takenByteCount = waitingByteCount
    }

    private func dropHeld(_ context: ChannelHandlerContext) {
        let count = held.reduce(0) { $0 + $1.memoryByteCount }
        held.removeAll()
        if count > 0 { give(count, context: context) }
    }
}

extension HTTPRequestPart {
    /// What a part takes of the budget.
    var memoryByteCount: Int {
        switch self {
        case .head(let head):
            head.headerFields.reduce(BodyBudget.headByteCount + (head.path?.utf8.count ?? 0)) {
                $0 + $1.name.rawName.utf8.count + $1.value.utf8.count + BodyBudget.partByteCount
            }
        case .body(let buffer): buffer.readableBytes + BodyBudget.partByteCount
        case .end: 0
        }
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
        case .refuse(let refusal, let tellsApplication):
            refuse(refusal, tellsApplication: tellsApplication, context: context)
        case .close: context.close(promise: nil)
        case .ignore: break
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
    /// The same head with what every answer says: that browsers must not guess what it is, and whether it is the last.
    fileprivate func completed(closes: Bool) -> HTTPResponse {
        var head = self
        head.headerFields[.xContentTypeOptions] = "nosniff"
        if closes { head.headerFields[.connection] = "close" }
        return head
    }
}
