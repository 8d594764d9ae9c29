import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// Sends the deliveries of a run over encrypted connections.
///
/// It does the same as ``PlainSender`` through an HTTP client, at a fraction of the rate.
actor SecureSender {
    private let target: SendTarget
    private let connectionCount: Int
    private let rate: Double?
    private let milliseconds: @Sendable () -> Int64
    private let clock = ContinuousClock()
    private var factory: DeliveryFactory
    private var tally = SendTally()
    private var reserved = 0
    private var start: ContinuousClock.Instant?

    init(
        target: SendTarget,
        connectionCount: Int,
        rate: Double?,
        milliseconds: @escaping @Sendable () -> Int64,
        factory: DeliveryFactory
    ) {
        self.target = target
        self.connectionCount = connectionCount
        self.rate = rate
        self.milliseconds = milliseconds
        self.factory = factory
    }

    /// Sends every delivery and returns the counts; when the task is cancelled, what was counted by then.
    ///
    /// - Throws: `unreachable` when nothing was answered at all, `SignatureError` when a body cannot be signed.
    func send() async throws -> SendTally {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(5), read: SendLoop.answerTimeout)
        )
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connectionCount
        configuration.httpVersion = .http1Only
        let client = HTTPClient(configuration: configuration)
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<connectionCount {
                    group.addTask { try await self.sendInTurn(client) }
                }
                try await group.waitForAll()
            }
            try await client.shutdown()
        } catch {
            try await client.shutdown()
            throw error
        }
        guard tally.answered > 0 || Task.isCancelled else {
            throw CommandError(.unreachable, "Nothing answers at \(target.url). Name the receiver with --url.")
        }
        return tally
    }

    private func sendInTurn(_ client: HTTPClient) async throws {
        while !Task.isCancelled, factory.remaining > 0 {
            let due = try await waitForTurn()
            guard let delivery = try factory.next(milliseconds: milliseconds()) else { return }
            await send(delivery, due: due, client)
        }
    }

    private func waitForTurn() async throws -> ContinuousClock.Instant {
        guard let rate else { return clock.now }
        let start = start ?? clock.now
        self.start = start
        let due = start + .seconds(Double(reserved) / rate)
        reserved += 1
        try? await clock.sleep(until: due)
        return due
    }

    private func send(_ delivery: Delivery, due: ContinuousClock.Instant, _ client: HTTPClient) async {
        var request = HTTPClientRequest(url: target.url)
        request.method = .POST
        request.headers = HTTPHeaders(delivery.headers.fields.map { ($0.name, $0.value) })
        request.headers.add(name: "Content-Type", value: "application/json")
        request.headers.add(name: "User-Agent", value: "hooklog/\(BuildVersion.text)")
        request.body = .bytes(delivery.body)
        do {
            let response = try await client.execute(request, timeout: SendLoop.answerTimeout)
            let body = try await response.body.collect(upTo: ResponseParser.maximumBodyByteCount)
            let latency = clock.now - due
            tally.record(
                status: Int(response.status.code),
                outcome: DeliveryOutcome(body: Array(body.readableBytesView)[...]),
                microseconds: latency.microseconds
            )
        } catch {
            tally.recordUnanswered()
        }
    }
}

extension Duration {
    /// The whole microseconds in the duration.
    fileprivate var microseconds: Int64 { components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000 }
}
