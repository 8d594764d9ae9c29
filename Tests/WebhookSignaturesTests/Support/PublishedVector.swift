import Foundation
import Testing
import WebhookSignatures

/// One case that a project or a sender published, as written in `Vectors/signatures.json`.
struct PublishedVector: Decodable, CustomTestStringConvertible {
    let n: String
    let scheme: String
    let secret: String?
    let publicKey: String?
    let secretKey: String?
    let webhookID: String?
    let webhookTimestamp: String?
    let webhookSignature: String?
    let slackTimestamp: String?
    let header: String?
    let body: String?
    let bodyBase64: String?
    let bodyRepeat: Repeat?
    let now: Int64?
    let expect: String

    /// A body that is one text many times over.
    struct Repeat: Decodable {
        let text: String
        let count: Int

        init(from decoder: any Decoder) throws {
            var values = try decoder.unkeyedContainer()
            text = try values.decode(String.self)
            count = try values.decode(Int.self)
        }
    }

    enum CodingKeys: String, CodingKey {
        case n, scheme, secret, header, body, now, expect
        case publicKey = "public_key"
        case secretKey = "secret_key"
        case webhookID = "webhook-id"
        case webhookTimestamp = "webhook-timestamp"
        case webhookSignature = "webhook-signature"
        case slackTimestamp = "X-Slack-Request-Timestamp"
        case bodyBase64 = "body_b64"
        case bodyRepeat = "body_repeat"
    }

    var testDescription: String { n }

    /// Every published vector, or none when the file cannot be read, which the count test reports.
    static let all: [PublishedVector] = (try? load()) ?? []

    static func named(_ name: String) -> PublishedVector? {
        all.first { $0.n == name }
    }

    private static func load() throws -> [PublishedVector] {
        let url = Bundle.module.url(forResource: "signatures", withExtension: "json", subdirectory: "Vectors")
        return try JSONDecoder().decode([PublishedVector].self, from: Data(contentsOf: url ?? URL(filePath: "/")))
    }

    var bytes: [UInt8] {
        if let bodyBase64 {
            return Array(Data(base64Encoded: bodyBase64) ?? Data())
        }
        if let bodyRepeat {
            return Array(String(repeating: bodyRepeat.text, count: bodyRepeat.count).utf8)
        }
        return Array((body ?? "").utf8)
    }

    var headers: WebhookHeaders {
        var headers = WebhookHeaders()
        let standard = [
            ("webhook-id", webhookID), ("webhook-timestamp", webhookTimestamp), ("webhook-signature", webhookSignature),
            ("X-Slack-Request-Timestamp", slackTimestamp),
        ]
        for case (let name, let value?) in standard {
            headers.append(name: name, value: value)
        }
        if let header {
            let parts = header.split(separator: ": ", maxSplits: 1).map(String.init)
            headers.append(name: parts.count == 2 ? parts[0] : "X-Signature", value: parts[parts.count - 1])
        }
        return headers
    }

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
        let key = try VerificationKey(
            publicKey ?? secret ?? "",
            id: "published",
            for: scheme,
            allowsShortSecret: n == "SW-03"
        )
        return try WebhookVerifier(scheme: scheme, keys: [key])
    }
}
