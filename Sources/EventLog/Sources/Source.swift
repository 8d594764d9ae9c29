import WebhookSignatures

/// A sender of webhooks, ready to judge deliveries.
package struct Source: Sendable {
    /// The identifier.
    package let id: SourceID
    /// What is known of the vendor.
    package let sender: Sender
    /// The name for people.
    package let name: String
    /// What its operator set.
    package let settings: SourceSettings
    /// Judges deliveries with every secret that counts now or will.
    package let verifier: WebhookVerifier
}
