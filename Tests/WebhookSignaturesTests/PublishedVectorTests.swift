import Seeding
import Testing
import WebhookSignatures

/// The cases that the specifications, senders and reference libraries publish.
struct PublishedVectorTests {
    @Test func everyVectorIsRead() {
        #expect(PublishedVector.all.count == 33)
    }

    @Test(arguments: PublishedVector.all)
    func vectorGivesItsPublishedResult(_ vector: PublishedVector) throws {
        let reason = try vector.verifier().refusal(vector.headers, body: vector.bytes, now: vector.now ?? 0)
        #expect((reason.map { "reject:\($0.rawValue)" } ?? "accept") == vector.expect)
    }

    @Test(arguments: PublishedVector.all.filter { $0.expect == "accept" })
    func signerMakesThePublishedSignature(_ vector: PublishedVector) throws {
        let scheme = try vector.signatureScheme()
        let secret = try SigningSecret(vector.secretKey ?? vector.secret ?? "", for: scheme, allowsShortSecret: true)
        let headers = try WebhookSigner(scheme: scheme, secrets: [secret])
            .sign(body: vector.bytes, deliveryID: vector.webhookID, timestamp: vector.now ?? 1)
        for published in vector.headers.fields {
            let made = try #require(headers.values(for: published.name).first)
            switch vector.scheme {
            case "stripe":
                #expect(published.value.hasPrefix(made + ",v0="))
            case "standard-webhooks":
                #expect(published.value.split(separator: " ").contains { $0 == made })
            default:
                #expect(published.value == made)
            }
        }
    }

    @Test(arguments: PublishedVector.all.filter { $0.expect == "accept" })
    func anotherKeyRefusesThePublishedSignature(_ vector: PublishedVector) throws {
        let scheme = try vector.signatureScheme()
        var generator = SeededGenerator(seed: 7)
        let other =
            try vector.publicKey == nil
            ? SigningSecret.generate(for: scheme, using: &generator)
            : SigningSecret.generateKeyPair(using: &generator)
        let verifier = try WebhookVerifier(scheme: scheme, keys: [other.verificationKey(id: "other", for: scheme)])
        #expect(verifier.refusal(vector.headers, body: vector.bytes, now: vector.now ?? 0) == .signature)
    }

    @Test func shortPublishedKeyIsRefusedUnlessAllowed() throws {
        let vector = try #require(PublishedVector.named("SW-03"))
        let text = try #require(vector.secret)
        #expect(
            failure { () throws(SignatureError) in try VerificationKey(text, id: "a", for: .svix) } == .secretTooShort
        )
        let key = try VerificationKey(text, id: "a", for: .svix, allowsShortSecret: true)
        #expect(key.warnings == [.short(byteCount: 18, recommended: 24)])
    }
}
