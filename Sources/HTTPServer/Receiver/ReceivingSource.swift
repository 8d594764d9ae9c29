import EventLog
import WebhookSignatures

/// What the receiver must know of a source.
package struct ReceivingSource: Sendable {
    /// The identifier.
    package let id: SourceID
    /// What is known of the vendor.
    package let connector: ConnectorName
    /// Judges the source's deliveries.
    package let verifier: WebhookVerifier
    /// The greatest size of a body in bytes.
    package let bodyLimit: Int

    /// Creates a source.
    package init(id: SourceID, connector: ConnectorName, verifier: WebhookVerifier, bodyLimit: Int = 1 << 20) {
        self.id = id
        self.connector = connector
        self.verifier = verifier
        self.bodyLimit = bodyLimit
    }
}
