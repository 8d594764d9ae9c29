import Connectors
import EventLog
import Seeding
import WebhookSignatures

extension PublishedVector {
    func verifier() throws -> WebhookVerifier {
        let scheme = try signatureScheme()
        let key = try VerificationKey(key, id: "published", for: scheme, allowsShortSecret: hasShortSecret)
        return try WebhookVerifier(scheme: scheme, keys: [key])
    }

    /// The connectors whose senders sign so.
    var connectors: [ConnectorName] {
        switch scheme {
        case "standard-webhooks": [.standardWebhooks, .pivotal, .stuut, .ruddr]
        case "generic": [.hmac]
        default: [ConnectorName(rawValue: scheme)]
        }
    }

    /// What an operator sets for a source of such a sender.
    var settings: SourceSettings {
        SourceSettings(
            maximumBodySize: SourceSettings.largestBodySize,
            allowShortSecret: hasShortSecret,
            hmac: scheme == "generic" ? hmac : nil
        )
    }

    private var hmac: HMACSourceSettings {
        let value = header ?? ""
        if value.hasPrefix("sha1=") {
            return HMACSourceSettings(header: "X-Signature", algorithm: "sha1", prefix: "sha1=")
        }
        if value.hasPrefix("sha512=") {
            return HMACSourceSettings(header: "X-Signature", algorithm: "sha512", prefix: "sha512=")
        }
        let encoding = value.hasSuffix("=") ? "base64" : "hex"
        return HMACSourceSettings(header: "X-Signature", algorithm: "sha512", encoding: encoding)
    }

    private func signatureScheme() throws -> SignatureScheme {
        try Senders.known.sender(connectors[0]).scheme(settings)
    }
}
