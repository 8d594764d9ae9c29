extension Connector {
    /// Every connector, in the order in which a list should show them.
    package static let all: [Connector] = [
        pivotal, piriod, stuut, ruddr, standardWebhooks, github, stripe, shopify, slack, hmac,
    ]
}
