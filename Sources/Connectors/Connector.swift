import EventLog
import Fetching
import WebhookSignatures

/// What Hooklog knows of one vendor.
package struct Connector: Sendable {
    /// How the vendor's deliveries are signed, read and kept; its name is the `system` of its events.
    package let sender: Sender
    /// The vendor's API as Hooklog answers it; nil for one that is only listened to.
    package var surface: Surface?
    /// The lists of that API as Hooklog reads them; nil where none are known.
    package var lists: VendorAPI?
    /// How the objects are fetched that its events name; nil where events hold their objects.
    package var objects: (any ObjectAPI)?

    /// The name.
    package var name: ConnectorName { sender.name }
}

extension Connector {
    /// What is known of a vendor that is only listened to.
    ///
    /// - Parameter read: Reads what its events say of themselves.
    init(
        _ name: ConnectorName,
        _ scheme: SignatureScheme,
        keptHeaders: Set<String> = [],
        challenge: (@Sendable ([UInt8]) -> String?)? = nil,
        read: @escaping @Sendable (Envelope.Parts) -> EventFields
    ) {
        sender = Sender(
            name,
            signature: scheme,
            envelope: Envelope(read),
            keptHeaders: keptHeaders,
            challenge: challenge
        )
    }

    /// The connector of that name; nil when this build does not know it.
    package static func named(_ name: ConnectorName) -> Connector? { all.first { $0.name == name } }
}

extension Senders {
    /// The senders of every connector.
    package static let known = Senders(Connector.all.map(\.sender))
}
