import NIOCore
import NIOHTTP1
import NIOPosix
import WebhookSignatures

/// A receiver in this process that answers in turn with given statuses and outcomes.
///
/// Status 0 closes the connection without an answer; -1 never answers.
actor ReceivingServer {
    /// One request that arrived.
    struct Request: Sendable {
        let uri: String
        let body: String
        let isGenuine: Bool
    }

    private static let outcomes = ["accepted", "duplicate", "conflict"]

    nonisolated let port: Int
    private(set) var requests: [Request] = []
    private(set) var connectionCount = 0
    private let statuses: [Int]
    private let silence: AsyncStream<Void>
    private let noteSilence: AsyncStream<Void>.Continuation

    private init(port: Int, statuses: [Int]) {
        self.port = port
        self.statuses = statuses
        (silence, noteSilence) = AsyncStream.makeStream()
    }

    /// Serves on a free port of the loopback while `body` runs.
    static func run<Value: Sendable>(
        statuses: [Int] = [202],
        closesAfterAnswer: Bool = false,
        _ body: (ReceivingServer) async throws -> Value
    ) async throws -> Value {
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    return try NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>(
                        wrappingChannelSynchronously: channel
                    )
                }
            }
        let server = ReceivingServer(port: listener.channel.localAddress?.port ?? 0, statuses: statuses)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.accept(listener, closesAfterAnswer: closesAfterAnswer) }
            let outcome: Result<Value, any Error>
            do { outcome = .success(try await body(server)) } catch { outcome = .failure(error) }
            group.cancelAll()
            while await group.nextResult() != nil {}
            return try outcome.get()
        }
    }

    /// Returns once a request came that is never answered.
    func waitForSilence() async {
        for await _ in silence { return }
    }

    private typealias Connection = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>

    private nonisolated func accept(
        _ listener: NIOAsyncChannel<Connection, Never>,
        closesAfterAnswer: Bool
    ) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            try await listener.executeThenClose { connections in
                for try await connection in connections {
                    await self.noteConnection()
                    group.addTask { try? await self.serve(connection, closesAfterAnswer: closesAfterAnswer) }
                }
            }
        }
    }

    private func noteConnection() { connectionCount += 1 }

    private nonisolated func serve(_ connection: Connection, closesAfterAnswer: Bool) async throws {
        try await connection.executeThenClose { inbound, outbound in
            var head: HTTPRequestHead?
            var body = ByteBuffer()
            for try await part in inbound {
                switch part {
                case .head(let received):
                    head = received
                    body.clear()
                case .body(var bytes):
                    body.writeBuffer(&bytes)
                case .end:
                    guard let head, let answer = await self.answer(head, body) else { return }
                    var headers = HTTPHeaders([("content-length", "\(answer.text.utf8.count)")])
                    if closesAfterAnswer { headers.add(name: "connection", value: "close") }
                    try await outbound.write(
                        .head(
                            HTTPResponseHead(
                                version: .http1_1,
                                status: .init(statusCode: answer.status),
                                headers: headers
                            )
                        )
                    )
                    try await outbound.write(.body(.byteBuffer(ByteBuffer(string: answer.text))))
                    try await outbound.write(.end(nil))
                    if closesAfterAnswer { return }
                }
            }
        }
    }

    private func answer(_ head: HTTPRequestHead, _ body: ByteBuffer) async -> (status: Int, text: String)? {
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
