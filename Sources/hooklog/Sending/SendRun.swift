import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOTLS
import WebhookSignatures

/// A run under way: keeps its connections busy and counts the answers.
///
/// All connections are on one event loop, so that the rest of the machine stays with the receiver.
actor SendRun {
    private typealias Connection = NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>
    private typealias Answer = (head: HTTPResponseHead, body: [UInt8])

    /// How long opening a connection and its encryption may each take.
    private static let openingTimeout = TimeAmount.seconds(5)
    /// How long a receiver may take to answer.
    private static let answerTimeout = TimeAmount.seconds(30)
    /// An answer of ours is shorter; of a longer one the rest is passed over.
    private static let longestBody = 1024

    private let plan: SendPlan
    private let encryption: NIOSSLContext?
    private let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
    private var factory: DeliveryFactory
    private var tally = SendTally()
    private var start: ContinuousClock.Instant?
    private var nextDue = 0

    /// Creates a run that sends a factory's deliveries.
    init(_ plan: SendPlan, _ factory: DeliveryFactory) throws {
        self.plan = plan
        self.factory = factory
        encryption = plan.target.isSecure ? try NIOSSLContext(configuration: .makeClientConfiguration()) : nil
    }

    /// Sends every delivery and returns the counts.
    ///
    /// A connection that breaks is opened again. When the task is cancelled, what was counted by then is returned.
    ///
    /// - Throws: `unreachable` when no connection can be opened, `SignatureError` when the scheme cannot sign a body.
    func run() async throws -> SendTally {
        try await withThrowingDiscardingTaskGroup { group in
            for _ in 0..<plan.connectionCount {
                group.addTask { try await self.keepConnection() }
            }
        }
        // The first connection that is open sends at once, so when nothing was sent, none was.
        guard tally.answered + tally.unanswered > 0 || Task.isCancelled else { throw plan.target.unreachable }
        return tally
    }

    /// Whether there is something left to send.
    private var hasWork: Bool { !Task.isCancelled && factory.remaining > 0 }

    /// Keeps one connection open for as long as there is work; gives up when it cannot be opened.
    nonisolated private func keepConnection() async throws {
        while await hasWork {
            guard let connection = try? await connect() else { return }
            try await connection.executeThenClose { answers, requests in
                var answers = answers.makeAsyncIterator()
                while let (delivery, start) = try await next(over: connection.channel) {
                    let timeout = connection.channel.eventLoop.scheduleTask(in: Self.answerTimeout) {
                        connection.channel.close(promise: nil)
                    }
                    defer { timeout.cancel() }
                    let answer = try? await send(delivery, requests, &answers)
                    await record(answer, latency: ContinuousClock.now - start)
                    guard answer?.head.isKeepAlive == true else { return }
                }
            }
        }
    }

    /// Opens a connection, encrypted where the target wants it.
    nonisolated private func connect() async throws -> Connection {
        let (channel, opening) = try await ClientBootstrap(group: eventLoop)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .connectTimeout(Self.openingTimeout)
            .connect(host: plan.target.host, port: plan.target.port) { [plan, encryption] channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let encryption else { return (channel, Self.open(channel)) }
                    let negotiation = NIOTypedApplicationProtocolNegotiationHandler { _, channel in Self.open(channel) }
                    try channel.pipeline.syncOperations.addHandler(plan.target.encryptor(encryption))
                    try channel.pipeline.syncOperations.addHandler(negotiation)
                    return (channel, negotiation.protocolNegotiationResult)
                }
            }
        let timeout = eventLoop.scheduleTask(in: Self.openingTimeout) { channel.close(promise: nil) }
        let connection = try await withTaskCancellationHandler {
            try await opening.get()
        } onCancel: {
            channel.close(promise: nil)
        }
        timeout.cancel()
        return connection
    }

    /// Makes a connection of a channel over which bytes can be sent.
    private static func open(_ channel: any Channel) -> EventLoopFuture<Connection> {
        channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHTTPClientHandlers()
            try channel.pipeline.syncOperations.addHandler(NIOCloseOnErrorHandler())
            return try Connection(wrappingChannelSynchronously: channel)
        }
    }

    /// Waits until a delivery is due and makes it; `nil` when there is none or the connection ended meanwhile.
    ///
    /// Its latency counts from when it was due, if it waited, or from now.
    private func next(
        over channel: any Channel
    ) async throws(SignatureError) -> (delivery: Delivery, start: ContinuousClock.Instant)? {
        var due: ContinuousClock.Instant?
        if hasWork, let place = reserve(), place > .now {
            due = place
            try? await ContinuousClock().sleep(until: place)
            guard channel.isActive else { return nil }
        }
        guard hasWork, let delivery = try factory.next(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) else {
            return nil
        }
        return (delivery, due ?? .now)
    }

    /// Reserves the next place in the run and returns when it is due; `nil` means now.
    private func reserve() -> ContinuousClock.Instant? {
        guard let rate = plan.rate else { return nil }
        let start = start ?? .now
        self.start = start
        defer { nextDue += 1 }
        return start + .seconds(Double(nextDue) / rate)
    }

    /// Sends a delivery and returns the answer; `nil` when the connection ends before it is whole.
    nonisolated private func send(
        _ delivery: Delivery,
        _ requests: NIOAsyncChannelOutboundWriter<HTTPClientRequestPart>,
        _ answers: inout NIOAsyncChannelInboundStream<HTTPClientResponsePart>.AsyncIterator
    ) async throws -> Answer? {
        try await requests.write(contentsOf: [
            .head(plan.target.head(of: delivery)), .body(.byteBuffer(ByteBuffer(bytes: delivery.body))), .end(nil),
        ])
        var head: HTTPResponseHead?
        var body: [UInt8] = []
        while let part = try await answers.next() {
            switch part {
            case .head(let next): (head, body) = (next, [])
            case .body(let bytes): body += bytes.readableBytesView.prefix(Self.longestBody - body.count)
            case .end: return head.map { ($0, body) }
            }
        }
        return nil
    }

    private func record(_ answer: Answer?, latency: Duration) {
        guard let (head, body) = answer else {
            tally.unanswered += 1
            return
        }
        tally.record(
            status: Int(head.status.code),
            outcome: DeliveryOutcome(body: body[...]),
            microseconds: Int64(latency / .microseconds(1))
        )
    }
}

extension SendTarget {
    /// What encrypts one connection; an address of numbers is no name to ask for.
    fileprivate func encryptor(_ context: NIOSSLContext) throws -> NIOSSLClientHandler {
        let isAddress = (try? SocketAddress(ipAddress: host, port: port)) != nil
        return try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : host)
    }

    fileprivate func head(of delivery: Delivery) -> HTTPRequestHead {
        var headers = HTTPHeaders(delivery.headers.fields.map { ($0.name, $0.value) })
        headers.add(name: "Host", value: authority)
        headers.add(name: "User-Agent", value: "hooklog/\(BuildVersion.text)")
        headers.add(name: "Content-Type", value: "application/json")
        headers.add(name: "Content-Length", value: String(delivery.body.count))
        return HTTPRequestHead(version: .http1_1, method: .POST, uri: path, headers: headers)
    }

    fileprivate var unreachable: CommandError {
        let place = "\(host):\(port)"
        return CommandError(
            .unreachable,
            isSecure
                ? "No encrypted connection to \(place) can be opened. Name the receiver with --url; it must be up and have"
                    + " a certificate that this machine trusts."
                : "Nothing answers at \(place). Start `hooklog serve`, or name the receiver with --url."
        )
    }
}
