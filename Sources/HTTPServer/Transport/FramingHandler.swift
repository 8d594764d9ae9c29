import NIOCore
import NIOHTTP1

/// Sees to what only the codec's own parts tell: the version of a request, and how its body is framed.
///
/// A request of HTTP/1.0 with a Transfer-Encoding is refused, for who sent it and who passed it on may disagree about
/// where it ends (RFC 9112, section 6.1); any other closes its connection.
final class FramingHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    private var framing = ChunkFraming()

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(var head):
            framing.receiveHead()
            guard head.version.major == 0 || head.version == .http1_0 else { break }
            guard !head.headers.contains(name: "transfer-encoding") else {
                context.fireErrorCaught(HTTPParserError.unexpectedContentLength)
                return
            }
            head.headers.replaceOrAdd(name: "connection", value: "close")
            context.fireChannelRead(wrapInboundOut(.head(head)))
            return
        case .body(let buffer): framing.receiveBody(byteCount: buffer.readableBytes)
        case .end: framing.receiveEnd()
        }
        context.fireChannelRead(data)
    }

    fileprivate func beginRead() {
        framing.beginRead()
    }

    fileprivate func endRead(byteCount: Int, context: ChannelHandlerContext) {
        guard !framing.endRead(byteCount: byteCount) else { return }
        context.fireErrorCaught(HTTPParserError.unknown)
    }
}

/// Tells a ``FramingHandler`` how many bytes the codec made its parts from.
final class ByteCountHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let framing: FramingHandler

    init(_ framing: FramingHandler) {
        self.framing = framing
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let byteCount = unwrapInboundIn(data).readableBytes
        framing.beginRead()
        context.fireChannelRead(data)
        framing.endRead(byteCount: byteCount, context: context)
    }
}
