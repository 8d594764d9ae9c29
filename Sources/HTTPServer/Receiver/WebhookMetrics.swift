import CoreMetrics
import EventLog
import Locking
import WebhookSignatures

/// Counts deliveries by connector and what became of them, and refused signatures by reason.
final class WebhookMetrics: Sendable {
    /// What became of a delivery.
    enum Outcome: String, CaseIterable {
        case accepted
        case duplicate
        case conflict
        case handshake
        case rejected
        case unknownSource = "unknown_source"
        case tooLarge = "too_large"
        case unsupportedEncoding = "unsupported_encoding"
        case interrupted
        case refused
        case unavailable
    }

    private struct Key: Hashable {
        let connector: ConnectorName
        let outcome: Outcome
        var reason: VerificationError.Reason?
    }

    private let factory: any MetricsFactory
    private let counters = Locked<[Key: Counter]>([:])
    private let oldKeys: Counter

    init(factory: any MetricsFactory) {
        self.factory = factory
        oldKeys = Counter(label: "hooklog.webhook.old_key_deliveries", dimensions: [], factory: factory)
    }

    /// Counts a delivery; the connector is nil when the source is not known.
    func count(_ outcome: Outcome, connector: ConnectorName?) {
        counter(Key(connector: connector ?? .none, outcome: outcome)).increment()
    }

    /// Counts why a signature was refused.
    func countRejection(_ reason: VerificationError.Reason, connector: ConnectorName) {
        counter(Key(connector: connector, outcome: .rejected, reason: reason)).increment()
    }

    /// Counts a delivery that only an old secret verified: the sender must still be given the new one.
    func countOldKey() {
        oldKeys.increment()
    }

    private func counter(_ key: Key) -> Counter {
        if let known = counters.withLock({ $0[key] }) { return known }
        let counter = make(key)
        counters.withLock { $0[key] = counter }
        return counter
    }

    private func make(_ key: Key) -> Counter {
        let (label, dimension) =
            if let reason = key.reason {
                ("hooklog.webhook.rejections", ("reason", reason.rawValue))
            } else {
                ("hooklog.webhook.deliveries", ("outcome", key.outcome.rawValue))
            }
        return Counter(label: label, dimensions: [("connector", key.connector.rawValue), dimension], factory: factory)
    }
}

extension ConnectorName {
    fileprivate static let none = ConnectorName(rawValue: "none")
}
