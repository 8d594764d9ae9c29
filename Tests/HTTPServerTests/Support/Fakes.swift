import EventLog
import Locking
import WebhookSignatures

@testable import HTTPServer

/// A directory with the sources that a test gives it.
struct FakeSources: SourceResolving {
    var sources: [SourceID: ReceivingSource] = [:]
    var failure: EventLogError?
    /// What is found when a source is read again.
    var newer: [SourceID: ReceivingSource] = [:]

    func resolve(
        _ id: SourceID,
        readSince moment: ContinuousClock.Instant?
    ) async throws(EventLogError) -> ReceivingSource? {
        if moment != nil, let newer = newer[id] { return newer }
        if let failure { throw failure }
        return sources[id]
    }
}

/// A log in memory that recognises deliveries by their id.
final class FakeLog: EventAppending {
    private struct State {
        var deliveries: [VerifiedWebhook] = []
        var failure: EventLogError?
        var gate: AsyncStream<Void>?
        var arrival: AsyncStream<Void>.Continuation?
    }

    private let state = Locked(State())

    var deliveries: [VerifiedWebhook] { state.withLock { $0.deliveries } }

    func fail(_ error: EventLogError) {
        state.withLock { $0.failure = error }
    }

    /// Makes every append wait until the gate opens; `arrivals` tells of each that does.
    func hold() -> (arrivals: AsyncStream<Void>, gate: AsyncStream<Void>.Continuation) {
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
        state.withLock {
            $0.gate = gate
            $0.arrival = arrival
        }
        return (arrivals, open)
    }

    func append(_ delivery: VerifiedWebhook) async throws(EventLogError) -> AppendReceipt {
        let (gate, arrival) = state.withLock { ($0.gate, $0.arrival) }
        arrival?.yield()
        if let gate {
            for await _ in gate.prefix(1) {}
        }
        return try state.withLock { (state) throws(EventLogError) in
            if let failure = state.failure { throw failure }
            return Self.append(delivery, to: &state.deliveries)
        }
    }

    private static func append(_ delivery: VerifiedWebhook, to deliveries: inout [VerifiedWebhook]) -> AppendReceipt {
        let known = deliveries.firstIndex { $0.deliveryID != nil && $0.deliveryID == delivery.deliveryID }
        guard let known else {
            deliveries.append(delivery)
            return AppendReceipt(position: Position(rawValue: Int64(deliveries.count)), outcome: .inserted)
        }
        let isSame = deliveries[known].body == delivery.body
        return AppendReceipt(position: Position(rawValue: Int64(known + 1)), outcome: isSame ? .duplicate : .conflict)
    }
}

/// Remembers rejections.
final class FakeRejections: RejectionRecording {
    struct Rejection: Equatable {
        let source: SourceID
        let reason: String
        let headerNames: [String]
        let byteCount: Int
    }

    private let state = Locked<[Rejection]>([])

    var all: [Rejection] { state.withLock { $0 } }

    func record(source: SourceID, reason: String, headerNames: [String], bodySHA256: [UInt8]?, size: Int) {
        let rejection = Rejection(source: source, reason: reason, headerNames: headerNames, byteCount: size)
        state.withLock { $0.append(rejection) }
    }
}
