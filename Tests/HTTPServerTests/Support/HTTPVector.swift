import Connectors
import Foundation
import Testing
import WebhookSignatures

@testable import EventLog

/// One published signature, as written in `Vectors/signatures.json`, to be sent over HTTP.
struct HTTPVector: Decodable, CustomTestStringConvertible {
    let n: String
    let scheme: String
    let secret: String?
    let public_key: String?
    let header: String?
    let body: String?
    let body_b64: String?
    let body_repeat: Repeat?
    let now: Int64?
    let expect: String
    private let webhookID: String?
    private let webhookTimestamp: String?
    private let webhookSignature: String?
    private let slackTimestamp: String?

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
        case n, scheme, secret, header, body, now, expect, public_key, body_b64, body_repeat
        case webhookID = "webhook-id"
        case webhookTimestamp = "webhook-timestamp"
        case webhookSignature = "webhook-signature"
        case slackTimestamp = "X-Slack-Request-Timestamp"
    }

    var testDescription: String { n }

    /// Every published vector, or none when the file cannot be read, which the count test reports.
    static let all: [HTTPVector] = (try? load()) ?? []

    private static func load() throws -> [HTTPVector] {
        let url = Bundle.module.url(forResource: "signatures", withExtension: "json", subdirectory: "Vectors")
        return try JSONDecoder().decode([HTTPVector].self, from: Data(contentsOf: url ?? URL(filePath: "/")))
    }

    var bytes: [UInt8] {
        if let body_b64 { return Array(Data(base64Encoded: body_b64) ?? Data()) }
        if let body_repeat { return Array(String(repeating: body_repeat.text, count: body_repeat.count).utf8) }
        return Array((body ?? "").utf8)
    }

    var headers: [(String, String)] {
        var headers: [(String, String)] = []
        let standard = [
            ("webhook-id", webhookID), ("webhook-timestamp", webhookTimestamp), ("webhook-signature", webhookSignature),
            ("X-Slack-Request-Timestamp", slackTimestamp),
        ]
        for case (let name, let value?) in standard {
            headers.append((name, value))
        }
        if let header {
            let parts = header.split(separator: ": ", maxSplits: 1).map(String.init)
            headers.append((parts.count == 2 ? parts[0] : "X-Signature", parts[parts.count - 1]))
        }
        return headers
    }

    func verifier() throws -> WebhookVerifier {
        let scheme = try signatureScheme()
        let key = try VerificationKey(
            public_key ?? secret ?? "",
            id: "published",
            for: scheme,
            allowsShortSecret: n == "SW-03"
        )
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
            allowShortSecret: n == "SW-03",
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
