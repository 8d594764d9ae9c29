import Connectors
import NIOCore
import NIOHTTP1
import NIOPosix
import WebhookSignatures

/// A receiver in this process that answers in turn with given statuses and outcomes.
///
/// Status 0 closes the connection without an answer; -1 never answers.
struct ReceivingServer: Sendable {
    let port: Int
    private let ledger: RequestLedger

    /// The requests that arrived, in their order.
    var requests: [RequestLedger.Request] { get async { await ledger.requests } }
    /// The number of connections that were opened.
    var connectionCount: Int { get async { await ledger.connectionCount } }

    /// Serves on a free port of the loopback while `body` runs.
    static func run<Value: Sendable>(
        statuses: [Int] = [202],
        closesAfterAnswer: Bool = false,
        _ body: (ReceivingServer) async throws -> Value
    ) async throws -> Value {
        let ledger = RequestLedger(statuses: statuses)
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(
                        RequestHandler(ledger: ledger, closesAfterAnswer: closesAfterAnswer)
                    )
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let server = ReceivingServer(port: listener.localAddress?.port ?? 0, ledger: ledger)
        do {
            let value = try await body(server)
            try await listener.close()
            return value
        } catch {
            try? await listener.close()
            throw error
        }
    }

    /// Returns once a request came that is never answered.
    func waitForSilence() async {
        await ledger.waitForSilence()
    }
}

/// Gathers the requests of one connection and writes the answers.
private final class RequestHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart

    private let ledger: RequestLedger
    private let closesAfterAnswer: Bool
    private var head: HTTPRequestHead?
    private var body = ByteBuffer()

    init(ledger: RequestLedger, closesAfterAnswer: Bool) {
        self.ledger = ledger
        self.closesAfterAnswer = closesAfterAnswer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let received):
            head = received
            body.clear()
        case .body(var bytes):
            body.writeBuffer(&bytes)
        case .end:
            guard let head else { return }
            respond(to: head, body, on: context.channel)
        }
    }

    func channelActive(context: ChannelHandlerContext) {
        let ledger = ledger
        context.eventLoop.makeFutureWithTask { await ledger.noteConnection() }.whenComplete { _ in }
        context.fireChannelActive()
    }

    private func respond(to head: HTTPRequestHead, _ body: ByteBuffer, on channel: any Channel) {
        let (ledger, closes) = (ledger, closesAfterAnswer)
        channel.eventLoop.makeFutureWithTask { await ledger.answer(head, body) }.whenComplete { outcome in
            guard case .success(let answer?) = outcome else {
                channel.close(promise: nil)
                return
            }
            var headers = HTTPHeaders([("content-length", "\(answer.text.utf8.count)")])
            if closes { headers.add(name: "connection", value: "close") }
            let responseHead = HTTPResponseHead(
                version: .http1_1,
                status: .init(statusCode: answer.status),
                headers: headers
            )
            channel.write(HTTPServerResponsePart.head(responseHead), promise: nil)
            channel.write(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(string: answer.text))), promise: nil)
            channel.writeAndFlush(HTTPServerResponsePart.end(nil)).whenComplete { _ in
                if closes { channel.close(promise: nil) }
            }
        }
    }
}

/// What arrived, and what is answered next.
actor RequestLedger {
    /// One request that arrived.
    struct Request: Sendable {
        let uri: String
        let body: String
        let isGenuine: Bool
    }

    private static let outcomes = ["accepted", "duplicate", "conflict"]

    private(set) var requests: [Request] = []
    private(set) var connectionCount = 0
    private let statuses: [Int]
    private let silence: AsyncStream<Void>
    private let noteSilence: AsyncStream<Void>.Continuation

    init(statuses: [Int]) {
        self.statuses = statuses
        (silence, noteSilence) = AsyncStream.makeStream()
    }

    func waitForSilence() async {
        for await _ in silence { return }
    }

    func noteConnection() { connectionCount += 1 }

    func answer(_ head: HTTPRequestHead, _ body: ByteBuffer) async -> (status: Int, text: String)? {
        let index = requests.count
        let headers = WebhookHeaders(pairs: head.headers.map { ($0.name, $0.value) })
        requests.append(
            Request(
                uri: head.uri,
                body: String(buffer: body),
                isGenuine: Self.isGenuine(headers, Array(body.readableBytesView))
            )
        )
        let status = statuses[index % statuses.count]
        if status == -1 {
            noteSilence.yield()
            try? await ContinuousClock().sleep(for: .seconds(60))
        }
        guard status > 0 else { return nil }
        return (status, "{\"position\":\(index + 1),\"status\":\"\(Self.outcomes[index % 3])\"}\n")
    }

    private static func isGenuine(_ headers: WebhookHeaders, _ body: [UInt8]) -> Bool {
        guard let key = try? VerificationKey("It's a Secret to Everybody", id: "k", for: .github),
            let verifier = try? WebhookVerifier(scheme: .github, keys: [key])
        else { return false }
        return (try? verifier.verify(headers: headers, body: body, now: 0)) != nil
    }
}
