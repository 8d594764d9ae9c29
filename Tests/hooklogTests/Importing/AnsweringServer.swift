import Locking
import NIOCore
import NIOHTTP1
import NIOPosix

/// A server in this process that answers every GET as it is told.
final class AnsweringServer: Sendable {
    /// What is asked for.
    struct Request: Sendable {
        let target: String
        let headers: [String: String]
        /// How many requests for the same target came before.
        let attempt: Int
    }

    struct Answer: Sendable {
        var status = 200
        var headers: [String: String] = [:]
        var body = ""
    }

    typealias Respond = @Sendable (Request) -> Answer?

    private let respond: Respond
    private let seen = Locked<[String: Int]>([:])
    private let asked = Locked<[String]>([])

    private init(_ respond: @escaping Respond) {
        self.respond = respond
    }

    /// The targets that were asked for, in their order.
    var targets: [String] { asked.withLock { $0 } }

    /// Serves on a free port of the loopback while `body` runs; no answer is a closed connection.
    static func run<Value: Sendable>(
        _ respond: @escaping Respond,
        _ body: (String, AnsweringServer) async throws -> Value
    ) async throws -> Value {
        let server = AnsweringServer(respond)
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Handler(server: server))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        do {
            let value = try await body("http://127.0.0.1:\(listener.localAddress?.port ?? 0)", server)
            try await listener.close()
            return value
        } catch {
            try? await listener.close()
            throw error
        }
    }

    private func answer(to head: HTTPRequestHead) -> Answer? {
        let attempt = seen.withLock { seen in
            defer { seen[head.uri, default: 0] += 1 }
            return seen[head.uri, default: 0]
        }
        asked.withLock { $0.append(head.uri) }
        let headers = Dictionary(head.headers.map { ($0.name.lowercased(), $0.value) }) { $1 }
        return respond(Request(target: head.uri, headers: headers, attempt: attempt))
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart

        private let server: AnsweringServer

        init(server: AnsweringServer) {
            self.server = server
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            guard case .head(let head) = unwrapInboundIn(data) else { return }
            guard let answer = server.answer(to: head) else {
                context.close(promise: nil)
                return
            }
            var headers = HTTPHeaders(answer.headers.map { ($0.key, $0.value) })
            headers.add(name: "content-length", value: "\(answer.body.utf8.count)")
            let channel = context.channel
            let status = HTTPResponseStatus(statusCode: answer.status)
            let responseHead = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
            channel.write(HTTPServerResponsePart.head(responseHead), promise: nil)
            channel.write(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(string: answer.body))), promise: nil)
            channel.writeAndFlush(HTTPServerResponsePart.end(nil), promise: nil)
        }
    }
}
