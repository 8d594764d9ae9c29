/// The name of a connector: what Hooklog knows of one vendor.
///
/// It is the `system` of the vendor's events.
package struct ConnectorName: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The name as users write it.
    package let rawValue: String

    /// Creates a name from any text; ``signatureScheme(_:)`` says whether it is known.
    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Pivotal.
    package static let pivotal = ConnectorName(rawValue: "pivotal")
    /// Piriod.
    package static let piriod = ConnectorName(rawValue: "piriod")
    /// Stuut.
    package static let stuut = ConnectorName(rawValue: "stuut")
    /// Ruddr.
    package static let ruddr = ConnectorName(rawValue: "ruddr")
    /// Any sender that follows Standard Webhooks.
    package static let standardWebhooks = ConnectorName(rawValue: "standard-webhooks")
    /// GitHub.
    package static let github = ConnectorName(rawValue: "github")
    /// Stripe.
    package static let stripe = ConnectorName(rawValue: "stripe")
    /// Shopify.
    package static let shopify = ConnectorName(rawValue: "shopify")
    /// Slack.
    package static let slack = ConnectorName(rawValue: "slack")
    /// A sender whose signature the source's settings describe.
    package static let hmac = ConnectorName(rawValue: "hmac")

    /// Every known connector, in the order in which a list should show them.
    package static let all: [ConnectorName] = [
        pivotal, piriod, stuut, ruddr, standardWebhooks, github, stripe, shopify, slack, hmac,
    ]

    /// The name.
    package var description: String { rawValue }
}
