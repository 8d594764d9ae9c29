import NIOCore
import NIOEmbedded
import NIOHTTP1

@testable import HTTPServer

extension FuzzedInput {
    /// What a connection sends: requests are the same however the bytes are cut, and no body is more than was sent.
    static let framing = FuzzedInput(
        "framing",
        seeds: [
            "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}GET / HTTP/1.1\r\nHost: x\r\n\r\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2;a=b\r\n{}\r\n0\r\nX: y\r\n\r\n",
            "POST /a HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        ].map { Array($0.utf8) }
    ) { bytes in
        let whole = ReadRequests(bytes, pieceSize: max(1, bytes.count))
        guard whole.bodyByteCount <= bytes.count else { return "a body is more than was sent" }
        let cut = ReadRequests(bytes, pieceSize: 1 + bytes.count % 7)
        return whole.text == cut.text ? nil : "cut bytes are other requests: \(whole.text) and \(cut.text)"
    }
}

/// What the listener's codec and framing make of bytes, up to where the connection is refused.
private struct ReadRequests {
    let text: String
    let bodyByteCount: Int

    init(_ bytes: [UInt8], pieceSize: Int) {
        let channel = EmbeddedChannel()
        let framing = FramingHandler(headLimit: 32 * 1024)
        let recorder = RequestRecorder()
        let pipeline = channel.pipeline.syncOperations
        do {
            try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)))
            try pipeline.addHandler(framing)
            try pipeline.addHandler(recorder)
            for start in stride(from: 0, to: bytes.count, by: pieceSize) where !recorder.isRefused {
                try channel.writeInbound(ByteBuffer(bytes: bytes[start..<min(start + pieceSize, bytes.count)]))
            }
        } catch {
            preconditionFailure("the channel failed: \(error)")
        }
        _ = try? channel.finish(acceptAlreadyClosed: true)
        text = recorder.text
        bodyByteCount = recorder.bodyByteCount
    }
}

/// Notes complete requests; a refusal closes the connection, so that neither what follows it counts nor what it ends.
private final class RequestRecorder: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart

    private(set) var text = ""
    private(set) var bodyByteCount = 0
    private var request = ""
    private(set) var isRefused = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isRefused else { return }
        switch unwrapInboundIn(data) {
        case .head(let head): request = "\(head)\n"
        case .body(let buffer):
            bodyByteCount += buffer.readableBytes
            request += String(decoding: buffer.readableBytesView, as: Unicode.ASCII.self)
        case .end(let trailers): text += "\(request)\(String(describing: trailers))\n"
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        isRefused = true
    }
}
