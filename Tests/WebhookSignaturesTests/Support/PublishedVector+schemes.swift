import Seeding
import WebhookSignatures

extension PublishedVector {
    static func named(_ name: String) -> PublishedVector? {
        all.first { $0.n == name }
    }

    var headers: WebhookHeaders { WebhookHeaders(pairs: headerPairs) }

    /// The scheme that the case is about; generic cases are told apart by what their value looks like.
    func signatureScheme() throws -> SignatureScheme {
        guard scheme == "generic" else { return try .preset(named: scheme) }
        let value = header ?? ""
        var settings = HMACSettings(signatureHeader: "X-Signature")
        settings.algorithm = .sha512
        if value.hasPrefix("sha1=") {
            settings.algorithm = .sha1
            settings.prefix = "sha1="
        } else if value.hasPrefix("sha512=") {
            settings.prefix = "sha512="
        } else if value.hasSuffix("=") {
            settings.encoding = .base64
        }
        return try .hmac(settings)
    }

    func verifier() throws -> WebhookVerifier {
        let scheme = try signatureScheme()
        let key = try VerificationKey(key, id: "published", for: scheme, allowsShortSecret: hasShortSecret)
        return try WebhookVerifier(scheme: scheme, keys: [key])
    }
}
