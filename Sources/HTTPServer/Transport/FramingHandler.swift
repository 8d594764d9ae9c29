import NIOCore
import NIOHTTP1

/// Sees to what only the codec's own parts tell: the version of a request, and how its body is framed.
///
/// A request of HTTP/1.0 with a Transfer-Encoding is refused, for who sent it and who passed it on may disagree about
/// where it ends (RFC 9112, section 6.1); any other closes its connection. The parts of a body that come in one turn of
/// reading are joined: chunks cost those behind this handler nothing, and keep no more memory than their bytes need.
final class FramingHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    /// From what size on joined parts are passed on before the turn ends.
    private static let joinedByteCount = 64 * 1024

    /// The framing of the request that comes.
    var request: RequestFraming
    /// What has come of a body in this turn.
    private var joined: ByteBuffer?

    init(headLimit: Int) {
        request = RequestFraming(headLimit: headLimit)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            request.receiveHead()
            passOn(head, context: context)
        case .body(var buffer):
            request.receiveBody(byteCount: buffer.readableBytes)
            if joined == nil { joined = context.channel.allocator.buffer(capacity: buffer.readableBytes) }
            joined?.writeBuffer(&buffer)
            if let joined, joined.readableBytes >= Self.joinedByteCount { passOnBody(context) }
        case .end:
            request.receiveEnd()
            passOnBody(context)
            context.fireChannelRead(data)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        passOnBody(context)
        context.fireChannelReadComplete()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        joined = nil
        context.fireErrorCaught(error)
    }

    private func passOn(_ head: HTTPRequestHead, context: ChannelHandlerContext) {
        var head = head
        if head.version.major == 0 || head.version == .http1_0 {
            guard !head.headers.contains(name: "transfer-encoding") else {
                context.fireErrorCaught(HTTPParserError.unexpectedContentLength)
                return
            }
            head.headers.replaceOrAdd(name: "connection", value: "close")
        }
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    private func passOnBody(_ context: ChannelHandlerContext) {
        guard let buffer = joined else { return }
        joined = nil
        context.fireChannelRead(wrapInboundOut(.body(buffer)))
    }
}
