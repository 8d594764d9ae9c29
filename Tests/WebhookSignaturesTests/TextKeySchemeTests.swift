import Seeding
import Testing
import WebhookSignatures

/// GitHub, Shopify and Slack: one signature, keyed with the secret's text.
struct TextKeySchemeTests {
    private static let secret = "It's a Secret to Everybody"
    private static let body = Array("Hello, World!".utf8)
    private static let githubCode = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"

    private static func github(_ headers: WebhookHeaders) throws -> VerificationError.Reason? {
        try Reference.verifier(secret, scheme: .github).refusal(headers, body: body)
    }

    @Test(arguments: [
        githubCode, "sha256=", "sha1=\(githubCode)", "SHA256=\(githubCode)", "sha256=\(githubCode.uppercased())",
        "sha256=\(githubCode.dropLast())", "sha256=\(githubCode)0", "sha256=\(githubCode) ", " sha256=\(githubCode)",
        "sha256=sha256=\(githubCode)", "sha256=\(githubCode),sha256=\(githubCode)", "", "sha256",
        "sha256=\(String(repeating: "0", count: 64))", "sha256=\(String(repeating: "é", count: 32))",
    ])
    func otherSpellingOfGitHubIsRefused(value: String) throws {
        #expect(try Self.github(["X-Hub-Signature-256": value]) == .signature)
    }

    @Test func githubReportsItsUnsignedID() throws {
        let verifier = try Reference.verifier(Self.secret, scheme: .github)
        var headers: WebhookHeaders = ["x-hub-signature-256": "sha256=\(Self.githubCode)"]
        #expect(try verifier.verify(headers: headers, body: Self.body, now: 0).unsignedDeliveryID == nil)
        headers.append(name: "X-GitHub-Delivery", value: "72d3162e-cc78.11e3")
        let delivery = try verifier.verify(headers: headers, body: Self.body, now: 0)
        #expect(delivery.unsignedDeliveryID == "72d3162e-cc78.11e3")
        #expect(delivery.signedDeliveryID == nil)
        #expect(delivery.timestamp == nil)
        headers.append(name: "X-GitHub-Delivery", value: "72d3162e-cc78.11e3")
        #expect(verifier.refusal(headers, body: Self.body) == .duplicateHeader)
    }

    @Test(arguments: ["", "a b", "a\u{0}", String(repeating: "a", count: 257), "é"])
    func unreadableUnsignedIDIsRefused(id: String) throws {
        let headers: WebhookHeaders = ["X-Hub-Signature-256": "sha256=\(Self.githubCode)", "X-GitHub-Delivery": id]
        #expect(try Self.github(headers) == .badID)
    }

    @Test func githubDoesNotReadTheOldHeader() throws {
        #expect(try Self.github(["X-Hub-Signature": "sha256=\(Self.githubCode)"]) == .missingHeader)
    }

    @Test func githubHeaderMayOccurOnce() throws {
        let value = "sha256=\(Self.githubCode)"
        #expect(try Self.github(["X-Hub-Signature-256": value, "x-hub-signature-256": value]) == .duplicateHeader)
    }

    @Test func clockDoesNotMatterWithoutATimestamp() throws {
        let verifier = try Reference.verifier(Self.secret, scheme: .github)
        for now in [Int64.min, 0, .max] {
            let headers: WebhookHeaders = ["X-Hub-Signature-256": "sha256=\(Self.githubCode)"]
            #expect(verifier.refusal(headers, body: Self.body, now: now) == nil)
        }
    }

    @Test func shopifyReportsItsUnsignedID() throws {
        let vector = try #require(PublishedVector.named("SH-1"))
        var headers = vector.headers
        headers.append(name: "X-Shopify-Webhook-Id", value: "b54557e4")
        let delivery = try vector.verifier().verify(headers: headers, body: vector.bytes, now: 0)
        #expect(delivery.unsignedDeliveryID == "b54557e4")
    }

    @Test func shopifyTakesBase64Only() throws {
        let vector = try #require(PublishedVector.named("SH-1"))
        let hex = "d7a154547e7c35e31c4c820e20237650939c3d34dae136e30a7757ca61abb4cf"
        let verifier = try vector.verifier()
        #expect(verifier.refusal(["X-Shopify-Hmac-SHA256": hex], body: vector.bytes) == .signature)
        let unpadded = "16FUVH58NeMcTIIOICN2UJOcPTTa4TbjCndXymGrtM8"
        #expect(verifier.refusal(["X-Shopify-Hmac-SHA256": unpadded], body: vector.bytes) == .signature)
        #expect(verifier.refusal(["X-Shopify-Hmac-SHA256": unpadded + "="], body: vector.bytes) == nil)
    }

    @Test(arguments: [
        (Int64(300), VerificationError.Reason?.none), (301, .timestampTooOld), (-300, nil), (-301, .timestampTooNew),
    ])
    func slackLimitsBothWays(age: Int64, expected: VerificationError.Reason?) throws {
        let vector = try #require(PublishedVector.named("SL-1"))
        let now = try #require(vector.now) + age
        #expect(try vector.verifier().refusal(vector.headers, body: vector.bytes, now: now) == expected)
    }

    @Test func slackSignsItsTimestamp() throws {
        let vector = try #require(PublishedVector.named("SL-1"))
        let now = try #require(vector.now)
        let signature = try #require(vector.headers.values(for: "x-slack-signature").first)
        let verifier = try vector.verifier()
        func refusal(_ timestamp: String?) -> VerificationError.Reason? {
            var headers: WebhookHeaders = ["X-Slack-Signature": signature]
            if let timestamp {
                headers.append(name: "X-Slack-Request-Timestamp", value: timestamp)
            }
            return verifier.refusal(headers, body: vector.bytes, now: now)
        }
        #expect(refusal(String(now)) == nil)
        #expect(refusal(String(now + 1)) == .signature)
        #expect(refusal("+\(now)") == .badTimestamp)
        #expect(refusal(nil) == .missingHeader)
        #expect(verifier.refusal(vector.headers, body: vector.bytes + [0x20], now: now) == .signature)
    }

    @Test func slackTakesItsOwnVersionOnly() throws {
        let vector = try #require(PublishedVector.named("SL-1"))
        let now = try #require(vector.now)
        let signature = try #require(vector.headers.values(for: "x-slack-signature").first)
        for value in ["v1=\(signature.dropFirst(3))", String(signature.dropFirst(3)), "v0:\(signature.dropFirst(3))"] {
            let headers: WebhookHeaders = ["X-Slack-Signature": value, "X-Slack-Request-Timestamp": String(now)]
            #expect(try vector.verifier().refusal(headers, body: vector.bytes, now: now) == .signature)
        }
    }
}
