import Foundation

/// One signature that a project or a sender published, as written in `WebhookSignaturesTests/Vectors/signatures.json`.
package struct PublishedVector: Sendable, Decodable, CustomStringConvertible {
    package let n: String
    package let scheme: String
    package let secret: String?
    package let publicKey: String?
    package let secretKey: String?
    package let webhookID: String?
    package let header: String?
    package let now: Int64?
    package let expect: String
    private let webhookTimestamp: String?
    private let webhookSignature: String?
    private let slackTimestamp: String?
    private let body: String?
    private let bodyBase64: String?
    private let bodyRepeat: Repeat?

    /// A body that is one text many times over.
    private struct Repeat: Sendable, Decodable {
        let text: String
        let count: Int

        init(from decoder: any Decoder) throws {
            var values = try decoder.unkeyedContainer()
            text = try values.decode(String.self)
            count = try values.decode(Int.self)
        }
    }

    private enum CodingKeys: String, CodingKey {
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

    package var description: String { n }

    /// Every published vector, or none when the file cannot be read, which the count tests report.
    package static let all: [PublishedVector] = (try? load()) ?? []

    private static func load() throws -> [PublishedVector] {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = tests.appending(path: "WebhookSignaturesTests/Vectors/signatures.json")
        return try JSONDecoder().decode([PublishedVector].self, from: Data(contentsOf: file))
    }

    /// What a receiver is given: the public key, or the secret.
    package var key: String { publicKey ?? secret ?? "" }

    /// Whether the secret is shorter than one should be.
    package var hasShortSecret: Bool { n == "SW-03" }

    /// The body's bytes.
    package var bytes: [UInt8] {
        if let bodyBase64 { return Array(Data(base64Encoded: bodyBase64) ?? Data()) }
        if let bodyRepeat { return Array(String(repeating: bodyRepeat.text, count: bodyRepeat.count).utf8) }
        return Array((body ?? "").utf8)
    }

    /// The headers by name and value.
    package var headerPairs: [(String, String)] {
        let standard = [
            ("webhook-id", webhookID), ("webhook-timestamp", webhookTimestamp), ("webhook-signature", webhookSignature),
            ("X-Slack-Request-Timestamp", slackTimestamp),
        ]
        var pairs = standard.compactMap { name, value in value.map { (name, $0) } }
        if let header {
            let parts = header.split(separator: ": ", maxSplits: 1).map(String.init)
            pairs.append((parts.count == 2 ? parts[0] : "X-Signature", parts[parts.count - 1]))
        }
        return pairs
    }
}
