import Foundation
import Seeding
import Testing
import WebhookSignatures

/// What a signer writes, and what it refuses to sign.
struct SigningTests {
    @Test(arguments: [(SignatureScheme.standardWebhooks, "webhook"), (.svix, "svix")])
    func headersAreComplete(scheme: SignatureScheme, family: String) throws {
        let signer = try WebhookSigner(scheme: scheme, secrets: [SigningSecret(Reference.secret, for: scheme)])
        let headers = try signer.sign(body: Reference.body, deliveryID: Reference.id, timestamp: Reference.time)
        #expect(headers == Reference.headers(family: family))
    }

    @Test func severalSecretsGiveSeveralSignatures() throws {
        let scheme = SignatureScheme.standardWebhooks
        let texts = [Reference.secret, "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD", Reference.privateKey]
        let secrets = try texts.map { try SigningSecret($0, for: scheme) }
        let headers = try WebhookSigner(scheme: scheme, secrets: secrets)
            .sign(body: Reference.body, deliveryID: Reference.id, timestamp: Reference.time)
        let entries = try #require(headers.values(for: "webhook-signature").first).split(separator: " ").map(
            String.init
        )
        #expect(entries.count == 3)
        #expect(entries[0] == Reference.signature)
        #expect(entries[1].hasPrefix("v1,"))
        #expect(entries[2] == Reference.publicKeySignature)
        for text in [texts[0], texts[1], Reference.publicKey] {
            #expect(try Reference.verifier(text).refusal(headers) == nil)
        }
    }

    @Test func stripeAndListsCarrySeveralSignatures() throws {
        let list = try SignatureScheme.describedList()
        for scheme in [SignatureScheme.stripe, list] {
            let secrets = try ["first secret", "second secret"].map { try SigningSecret($0, for: scheme) }
            let headers = try WebhookSigner(scheme: scheme, secrets: secrets)
                .sign(body: Reference.body, timestamp: Reference.time)
            for text in ["first secret", "second secret"] {
                #expect(try Reference.verifier(text, scheme: scheme).refusal(headers) == nil)
            }
            #expect(headers.fields.count == 1)
        }
    }

    @Test(arguments: [SignatureScheme.github, .shopify, .slack, .piriod])
    func schemeWithOneSignatureTakesOneSecret(scheme: SignatureScheme) throws {
        let secrets = try ["first", "second"].map { try SigningSecret($0, for: scheme) }
        let code = failure { () throws(SignatureError) in try WebhookSigner(scheme: scheme, secrets: secrets) }
        #expect(code == .tooManyKeys)
    }

    @Test func signerNeedsSecretsOfItsScheme() throws {
        #expect(failure { () throws(SignatureError) in try WebhookSigner(scheme: .svix, secrets: []) } == .noKeys)
        let text = try SigningSecret("plain", for: .github)
        let code = failure { () throws(SignatureError) in try WebhookSigner(scheme: .svix, secrets: [text]) }
        #expect(code == .keyForOtherScheme)
    }

    @Test(arguments: [nil, "", "a.b", "a b", "é", String(repeating: "a", count: 257)])
    func badIDIsNotSigned(id: String?) throws {
        let signer = try WebhookSigner(scheme: .svix, secrets: [SigningSecret(Reference.secret, for: .svix)])
        let code = failure { () throws(SignatureError) in
            try signer.sign(body: [], deliveryID: id, timestamp: 1)
        }
        #expect(code == .invalidDeliveryID)
    }

    @Test(arguments: [Int64.min, -1, 0, 1_000_000_000_000, .max])
    func badTimestampIsNotSigned(timestamp: Int64) throws {
        let milliseconds = try SignatureScheme.described { settings in
            settings.timestamp = HMACSettings.Timestamp(header: "X-Time", unit: .milliseconds)
        }
        for scheme in [SignatureScheme.standardWebhooks, .stripe, .slack, milliseconds] {
            let text = scheme.usesStandardWebhooksKeys ? Reference.secret : "a text secret"
            let signer = try WebhookSigner(scheme: scheme, secrets: [SigningSecret(text, for: scheme)])
            let code = failure { () throws(SignatureError) in
                try signer.sign(body: [], deliveryID: "id", timestamp: timestamp)
            }
            #expect(code == .invalidTimestamp)
        }
    }

    @Test func schemesWithoutTimeOrIDIgnoreThem() throws {
        let piriod = try WebhookSigner(scheme: .piriod, secrets: [SigningSecret("a text secret", for: .piriod)])
        let headers = try piriod.sign(body: Array(#"{"a":"b"}"#.utf8), deliveryID: "not sent", timestamp: -5)
        #expect(headers.fields.map(\.name) == ["x-piriod-signature"])
    }

    @Test func optionalIDIsSentWhenGiven() throws {
        let signer = try WebhookSigner(scheme: .github, secrets: [SigningSecret("a text secret", for: .github)])
        #expect(try signer.sign(body: [], timestamp: 1).values(for: "x-github-delivery").isEmpty)
        #expect(try signer.sign(body: [], deliveryID: "d", timestamp: 1).values(for: "x-github-delivery") == ["d"])
        let code = failure { () throws(SignatureError) in try signer.sign(body: [], deliveryID: "d d", timestamp: 1) }
        #expect(code == .invalidDeliveryID)
    }
}

/// New random secrets.
struct SecretGenerationTests {
    @Test func standardSecretIsThirtyTwoBytesOfBase64() throws {
        var generator = SeededGenerator(seed: 1)
        let secret = try SigningSecret.generate(for: .standardWebhooks, using: &generator)
        #expect(secret.text.hasPrefix("whsec_"))
        #expect(Data(base64Encoded: String(secret.text.dropFirst(6)))?.count == 32)
        #expect(secret.warnings.isEmpty)
    }

    @Test(arguments: [SignatureScheme.github, .stripe, .shopify, .slack, .piriod])
    func textSecretIsSixtyFourHexDigits(scheme: SignatureScheme) throws {
        var generator = SeededGenerator(seed: 1)
        let secret = try SigningSecret.generate(for: scheme, using: &generator)
        #expect(secret.text.count == 64)
        #expect(secret.text.allSatisfy { "0123456789abcdef".contains($0) })
        #expect(secret.warnings.isEmpty)
    }

    @Test func keyPairReadsBack() throws {
        var generator = SeededGenerator(seed: 1)
        let secret = try SigningSecret.generateKeyPair(using: &generator)
        #expect(secret.text.hasPrefix("whsk_"))
        let publicKey = try #require(secret.publicKeyText)
        #expect(try SigningSecret(secret.text, for: .svix).publicKeyText == publicKey)
        let signer = try WebhookSigner(scheme: .svix, secrets: [secret])
        let headers = try signer.sign(body: Reference.body, deliveryID: "id", timestamp: Reference.time)
        #expect(try Reference.verifier(publicKey).refusal(headers) == nil)
    }

    @Test func secretsDifferAndDependOnTheGenerator() throws {
        var generator = SeededGenerator(seed: 1)
        let first = try SigningSecret.generate(for: .svix, using: &generator).text
        let second = try SigningSecret.generate(for: .svix, using: &generator).text
        #expect(first != second)
        var again = SeededGenerator(seed: 1)
        #expect(try SigningSecret.generate(for: .svix, using: &again).text == first)
        var system = SystemRandomNumberGenerator()
        #expect(try SigningSecret.generate(for: .svix, using: &system).text != first)
    }
}
