import AsyncHTTPClient
import Connectors
import EventLog
import NIOCore
import WebhookSignatures

@testable import HTTPServer

/// A receiver with one source, behind a real listener.
struct ReceiverFixture: Sendable {
    static let now: Int64 = 1_700_000_000
    static let secretText = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    let id = SourceID(workspace: WorkspaceID(rawValue: 1), number: 4711)
    let log = FakeLog()
    let rejections = FakeRejections()
    let metrics = PrometheusMetrics()
    let scheme: SignatureScheme
    let secret: SigningSecret
    var sources: FakeSources

    init(
        connector: ConnectorName = .standardWebhooks,
        scheme: SignatureScheme = .standardWebhooks,
        secretText: String = secretText,
        bodyLimit: Int = 1 << 20
    ) throws {
        self.scheme = scheme
        secret = try SigningSecret(secretText, for: scheme)
        let verifier = try WebhookVerifier(scheme: scheme, keys: [secret.verificationKey(id: "1", for: scheme)])
        sources = FakeSources(
            sources: [
                id: ReceivingSource(
                    id: id,
                    sender: try Senders.known.sender(connector),
                    verifier: verifier,
                    bodyLimit: bodyLimit
                )
            ]
        )
    }

    var path: String { "/webhooks/\(id)" }

    func controller(now: Int64 = now) -> ReceiverController {
        ReceiverController(
            sources: sources,
            events: log,
            rejections: rejections,
            logger: ServerFixture.logger,
            now: { now },
            metricsFactory: metrics
        )
    }

    func run(
        limits: ConnectionLimits = .patient,
        bodies: BodyBudget = BodyBudget(),
        _ body: @Sendable (ServerFixture) async throws -> Void
    ) async throws {
        try await ServerFixture.with(
            limits: limits,
            bodies: bodies,
            controllers: [controller()],
            metrics: metrics,
            body
        )
    }

    /// The signed headers of a delivery.
    func headers(body: [UInt8], id: String = "msg_1") throws -> [(String, String)] {
        try WebhookSigner(scheme: scheme, secrets: [secret])
            .sign(body: body, deliveryID: id, timestamp: Self.now)
            .fields.map { ($0.name, $0.value) }
    }

    /// The head of a request as text, without the empty line.
    func head(_ headers: [(String, String)], path: String? = nil) -> String {
        "POST \(path ?? self.path) HTTP/1.1\r\nHost: hooks.example\r\n"
            + headers.map { "\($0.0): \($0.1)\r\n" }.joined()
    }

    /// Sends a correctly signed delivery.
    func deliver(_ body: [UInt8], id: String = "msg_1", to server: ServerFixture) async throws -> Answer {
        try await Answer.post(path, headers: headers(body: body, id: id), body: body, to: server)
    }
}

/// What a client gets.
struct Answer: Sendable {
    let status: Int
    let headers: [String: String]
    let body: String

    static func post(
        _ path: String,
        method: String = "POST",
        headers: [(String, String)] = [],
        body: [UInt8]? = nil,
        isChunked: Bool = false,
        to server: ServerFixture
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(server.port)\(path)")
        request.method = .init(rawValue: method)
        request.headers.add(contentsOf: .init(headers))
        if let body {
            let buffer = ByteBuffer(bytes: body)
            request.body = isChunked ? .stream(Self.stream(buffer), length: .unknown) : .bytes(buffer)
        }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
        let collected = try await response.body.collect(upTo: 1 << 20)
        let headers = response.headers.map { ($0.name.lowercased(), $0.value) }
        return Answer(
            status: Int(response.status.code),
            headers: Dictionary(headers) { "\($0), \($1)" },
            body: String(buffer: collected)
        )
    }

    private static func stream(_ buffer: ByteBuffer) -> AsyncStream<ByteBuffer> {
        AsyncStream { continuation in
            continuation.yield(buffer)
            continuation.finish()
        }
    }
}
