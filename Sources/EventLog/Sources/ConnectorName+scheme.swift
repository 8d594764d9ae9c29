import WebhookSignatures

extension ConnectorName {
    /// The signature that the connector's deliveries bear.
    ///
    /// Throws `unknownConnector` for a name that this build does not know, so that such a source lets nothing in, and
    /// `invalidArgument` when connector `hmac` lacks a sound description.
    package func signatureScheme(_ settings: SourceSettings) throws(EventLogError) -> SignatureScheme {
        switch self {
        case .pivotal:
            return .svix
        case .stuut, .ruddr, .standardWebhooks:
            return .standardWebhooks
        case .piriod:
            return .piriod
        case .github:
            return .github
        case .stripe:
            return .stripe
        case .shopify:
            return .shopify
        case .slack:
            return .slack
        case .hmac:
            guard let hmac = settings.hmac else {
                throw EventLogError(.invalidArgument, detail: "connector hmac needs a description of the signature.")
            }
            return try hmac.scheme()
        default:
            throw EventLogError(.unknownConnector)
        }
    }
}
