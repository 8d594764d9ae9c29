import NIOCore

/// Gives a connection's bytes to the codec, a few at a time and only while they are wanted.
///
/// What follows a complete request waits here, unread and counted, until that request is answered: no more than a few
/// pipelined requests are in memory as such, whatever a client sends, and none is looked at once the connection ends.
/// After the last answer bytes are dropped as they come.
final class IntakeHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    /// How much the codec gets at a time: what can hold many requests is little.
    private var pieceByteCount: Int { framing.request.isInBody ? 16 * 1024 : 1024 }

    private let framing: FramingHandler
    private let connection: ConnectionHandler
    /// What came after a request that is not answered yet.
    private var waiting = ByteBuffer()
    private var isReadHeld = false
    private var isInputClosedHeld = false

    init(framing: FramingHandler, connection: ConnectionHandler) {
        self.framing = framing
        self.connection = connection
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        if waiting.readableBytes == 0 {
            while let piece = next(of: &buffer) { handOn(piece, context: context) }
        }
        guard buffer.readableBytes > 0 else { return }
        guard connection.take(buffer.readableBytes, waits: true, context: context) else {
            context.fireErrorCaught(RequestRefusal.bodiesFull)
            return
        }
        if waiting.readableBytes == 0 {
            waiting = buffer
        } else {
            waiting.writeBuffer(&buffer)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event, waiting.readableBytes > 0 {
            isInputClosedHeld = true
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        waiting = ByteBuffer()
        context.fireChannelInactive()
    }

    func read(context: ChannelHandlerContext) {
        if waiting.readableBytes == 0 {
            context.read()
        } else {
            isReadHeld = true
        }
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard event is IntakeChange else {
            context.triggerUserOutboundEvent(event, promise: promise)
            return
        }
        promise?.succeed()
        if waiting.readableBytes > 0 { resume(context) }
    }

    private func resume(_ context: ChannelHandlerContext) {
        while let piece = next(of: &waiting) {
            connection.give(piece.readableBytes, context: context)
            handOn(piece, context: context)
        }
        context.fireChannelReadComplete()
        guard waiting.readableBytes == 0 else { return }
        waiting = ByteBuffer()
        if isInputClosedHeld {
            isInputClosedHeld = false
            context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        }
        if isReadHeld {
            isReadHeld = false
            context.read()
        }
    }

    /// Some bytes that are wanted or to be dropped now.
    private func next(of buffer: inout ByteBuffer) -> ByteBuffer? {
        guard buffer.readableBytes > 0 else { return nil }
        switch connection.intake {
        case .hold: return nil
        case .parse: return buffer.readSlice(length: min(pieceByteCount, buffer.readableBytes))
        case .drop: return buffer.readSlice(length: buffer.readableBytes)
        }
    }

    private func handOn(_ piece: ByteBuffer, context: ChannelHandlerContext) {
        guard connection.intake == .parse else {
            connection.drop(piece.readableBytes)
            return
        }
        framing.request.beginRead()
        context.fireChannelRead(wrapInboundOut(piece))
        switch framing.request.endRead(byteCount: piece.readableBytes) {
        case .good: break
        case .partOfHead:
            guard connection.intake == .parse, !connection.take(piece.readableBytes, waits: false, context: context)
            else { break }
            context.fireErrorCaught(RequestRefusal.bodiesFull)
        case .headTooLarge: context.fireErrorCaught(RequestRefusal.headTooLarge)
        case .bodyTooThin: context.fireErrorCaught(RequestRefusal.bodyTooThin)
        }
    }
}

/// The event by which a connection tells that it wants the next bytes, or none any more.
struct IntakeChange: Sendable {}
