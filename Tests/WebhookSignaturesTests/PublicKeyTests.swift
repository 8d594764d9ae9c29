import Crypto
import Foundation
import Seeding
import Testing
import WebhookSignatures

/// Ed25519 (`v1a`) beside HMAC (`v1`), and the wall between the two.
struct PublicKeyTests {
    private static let publicBytes = Array(Data(base64Encoded: String(Reference.publicKey.dropFirst(5))) ?? Data())

    private static func signature(key: [UInt8], version: String) -> String {
        let content = Data("\(Reference.id).\(Reference.time).".utf8) + Reference.body
        let code = HMAC<SHA256>.authenticationCode(for: content, using: SymmetricKey(data: key))
        return "\(version),\(Data(code).base64EncodedString())"
    }

    @Test func publishedSignatureIsAccepted() throws {
        let headers = Reference.headers(signature: Reference.publicKeySignature)
        #expect(try Reference.verifier(Reference.publicKey).refusal(headers) == nil)
    }

    @Test func changedBodyIsRefused() throws {
        let headers = Reference.headers(signature: Reference.publicKeySignature)
        let verifier = try Reference.verifier(Reference.publicKey)
        #expect(verifier.refusal(headers, body: Reference.body + [0x20]) == .signature)
        #expect(verifier.refusal(headers, body: []) == .signature)
    }

    @Test(arguments: ["v1", "v1a"])
    func codeKeyedWithThePublicKeyIsRefused(version: String) throws {
        let verifier = try Reference.verifier(Reference.publicKey)
        for key in [Self.publicBytes, Array(Reference.publicKey.utf8), Array(Reference.publicKey.utf8.dropFirst(5))] {
            let forged = Self.signature(key: key, version: version)
            #expect(verifier.refusal(Reference.headers(signature: forged)) == .signature)
        }
    }

    @Test func signatureUnderTheOtherVersionIsRefused() throws {
        let digest = Reference.publicKeySignature.dropFirst(4)
        let relabelled = Reference.headers(signature: "v1,\(digest)")
        #expect(try Reference.verifier(Reference.publicKey).refusal(relabelled) == .signature)
        let code = Reference.headers(signature: "v1a,\(Reference.digest)")
        #expect(try Reference.verifier().refusal(code) == .signature)
    }

    @Test func sharedSecretDoesNotAcceptPublicKeySignatures() throws {
        let headers = Reference.headers(signature: Reference.publicKeySignature)
        #expect(try Reference.verifier().refusal(headers) == .signature)
        #expect(try Reference.verifier(Reference.publicKey).refusal(Reference.headers()) == .signature)
    }

    @Test func shortenedAndMalleableSignaturesAreRefused() throws {
        let verifier = try Reference.verifier(Reference.publicKey)
        let bytes = Array(Data(base64Encoded: String(Reference.publicKeySignature.dropFirst(4))) ?? Data())
        #expect(bytes.count == 64)
        let shortened = "v1a,\(Data(bytes.dropLast()).base64EncodedString())"
        #expect(verifier.refusal(Reference.headers(signature: shortened)) == .signature)
        let malleable = "v1a,\(Data(Self.addingGroupOrder(to: bytes)).base64EncodedString())"
        #expect(verifier.refusal(Reference.headers(signature: malleable)) == .signature)
        let zero = "v1a,\(Data(repeating: 0, count: 64).base64EncodedString())"
        #expect(verifier.refusal(Reference.headers(signature: zero)) == .signature)
    }

    @Test func bothKindsTogetherEachMatchTheirOwnVersion() throws {
        let verifier = try WebhookVerifier(
            scheme: .standardWebhooks,
            keys: [
                VerificationKey(Reference.publicKey, id: "public", for: .standardWebhooks, notBefore: 1),
                VerificationKey(Reference.secret, id: "shared", for: .standardWebhooks),
            ]
        )
        let byPublic = try verifier.verify(
            headers: Reference.headers(signature: "v1,AAAA \(Reference.publicKeySignature)"),
            body: Reference.body,
            now: Reference.time
        )
        #expect(byPublic.keyID == "public")
        #expect(byPublic.isNewestKey)
        let byShared = try verifier.verify(
            headers: Reference.headers(),
            body: Reference.body,
            now: Reference.time
        )
        #expect(byShared.keyID == "shared")
        #expect(!byShared.isNewestKey)
    }

    @Test func publicKeyChecksAreBounded() throws {
        var generator = SeededGenerator(seed: 11)
        let secrets = try (0..<3).map { _ in try SigningSecret.generateKeyPair(using: &generator) }
        let keys = try secrets.enumerated()
            .map { index, secret in
                try secret.verificationKey(id: KeyID(rawValue: "key \(index)"), for: .standardWebhooks)
            }
        let verifier = try WebhookVerifier(scheme: .standardWebhooks, keys: keys)
        let signed = try WebhookSigner(scheme: .standardWebhooks, secrets: [secrets[2]])
            .sign(body: Reference.body, deliveryID: Reference.id, timestamp: Reference.time)
        let good = try #require(signed.values(for: "webhook-signature").first)
        let few = Array(repeating: Reference.publicKeySignature, count: 9) + [good]
        #expect(verifier.refusal(Reference.headers(signature: few.joined(separator: " "))) == nil)
        let many = Array(repeating: Reference.publicKeySignature, count: 20) + [good]
        #expect(verifier.refusal(Reference.headers(signature: many.joined(separator: " "))) == .signature)
    }

    /// Every spelling that a library takes of a point that eight times itself is the neutral one: y, then the sign of x.
    static let forgeableKeys: [[UInt8]] = {
        let orderEight = [
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        ].map { text in (0..<32).map { UInt8(text.dropFirst(2 * $0).prefix(2), radix: 16) ?? 0 } }
        let nearPrime = [0xEC, 0xED, 0xEE].map { [$0] + [UInt8](repeating: 0xFF, count: 30) + [0x7F] }
        let small = [0, 1].map { [$0] + [UInt8](repeating: 0, count: 31) }
        return (small + nearPrime + orderEight)
            .flatMap { [$0, $0.dropLast() + [$0[31] | 0x80]] }
    }()

    /// Returns a body for which the signature that anyone can write down (R the neutral point, S zero) is good.
    private static func forge(_ key: [UInt8]) throws -> (signature: [UInt8], body: [UInt8])? {
        let publicKey = try Curve25519.Signing.PublicKey(rawRepresentation: key)
        let signature = [1] + [UInt8](repeating: 0, count: 63)
        let body = (0..<200).map { Array("\($0)".utf8) }
            .first { publicKey.isValidSignature(signature, for: Array("\(Reference.id).\(Reference.time).".utf8) + $0) }
        return body.map { (signature, $0) }
    }

    @Test(arguments: forgeableKeys)
    func keyThatAnyoneCanSignForIsRefused(_ key: [UInt8]) throws {
        // It is no theory: the cryptographic library takes the forged signature.
        #expect(try Self.forge(key) != nil)
        let text = "whpk_" + Data(key).base64EncodedString()
        for scheme in [SignatureScheme.standardWebhooks, .svix] {
            let code = failure { () throws(SignatureError) in try VerificationKey(text, id: "a", for: scheme) }
            #expect(code == .forgeableKey)
        }
    }

    @Test func everyKeyBeyondThePrimeIsRefused() {
        for first in UInt8(0xED)...0xFF {
            for last: UInt8 in [0x7F, 0xFF] {
                let key = [first] + [UInt8](repeating: 0xFF, count: 30) + [last]
                let text = "whpk_" + Data(key).base64EncodedString()
                let code = failure { () throws(SignatureError) in
                    try VerificationKey(text, id: "a", for: .standardWebhooks)
                }
                #expect(code == .forgeableKey)
            }
        }
    }

    @Test func keysOfPairsAreTakenAndCannotBeForged() throws {
        var generator = SeededGenerator(seed: 12)
        for _ in 0..<200 {
            let secret = try SigningSecret.generateKeyPair(using: &generator)
            _ = try secret.verificationKey(id: "a", for: .standardWebhooks)
        }
        #expect(try Self.forge(Self.publicBytes) == nil)
    }

    /// Returns the signature with the group order added to its scalar: the same point equation, another spelling.
    private static func addingGroupOrder(to signature: [UInt8]) -> [UInt8] {
        let order: [UInt8] = [
            0xED, 0xD3, 0xF5, 0x5C, 0x1A, 0x63, 0x12, 0x58, 0xD6, 0x9C, 0xF7, 0xA2, 0xDE, 0xF9, 0xDE, 0x14,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
        ]
        var result = signature
        var carry = 0
        for index in 0..<32 {
            let sum = Int(result[32 + index]) + Int(order[index]) + carry
            result[32 + index] = UInt8(sum & 0xFF)
            carry = sum >> 8
        }
        return result
    }
}
