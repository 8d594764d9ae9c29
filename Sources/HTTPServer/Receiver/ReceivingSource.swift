import EventLog
import WebhookSignatures

/// What the receiver must know of a source.
package struct ReceivingSource: Sendable {
    /// The identifier.
    package let id: SourceID
    /// What is known of the vendor.
    package let sender: Sender
    /// Judges the source's deliveries.
    package let verifier: WebhookVerifier
    /// The greatest size of a body in bytes.
    package var bodyLimit = 1 << 20
    /// Where its deliveries say what they are, when its operator said so.
    package var locations = EventLocations()
    /// The name of what is known of the vendor.
    package var connector: ConnectorName { sender.name }
    /// The question that its sender asks with GET, when it asks one.
    package var handshake: HandshakeQuestion?
}

extension ReceivingSource {
    /// Takes what the log knows of a source.
    init(_ source: Source) {
        var locations = source.settings.hmac?.locations ?? EventLocations()
        locations.sequence = source.settings.sequence
        self.init(
            id: source.id,
            sender: source.sender,
            verifier: source.verifier,
            bodyLimit: source.settings.maximumBodySize,
            locations: locations,
            handshake: source.settings.hmac?.handshake
        )
    }
}
