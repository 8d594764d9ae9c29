import Seeding
import Testing
import WebhookSignatures

/// Several keys at a time: which count, which matched, and which is the newest.
struct KeyRotationTests {
    private static let body = Array("rotation".utf8)
    private static let now: Int64 = 1_700_000_000

    private static func secret(_ seed: UInt64) throws -> SigningSecret {
        var generator = SeededGenerator(seed: seed)
        return try SigningSecret.generate(for: .standardWebhooks, using: &generator)
    }

    private static func headers(_ secrets: SigningSecret...) throws -> WebhookHeaders {
        try WebhookSigner(scheme: .standardWebhooks, secrets: secrets)
            .sign(body: body, deliveryID: "msg_1", timestamp: now)
    }

    private static func verifier(_ keys: [VerificationKey]) throws -> WebhookVerifier {
        try WebhookVerifier(scheme: .standardWebhooks, keys: keys)
    }

    private static func key(
        _ secret: SigningSecret,
        _ id: KeyID,
        notBefore: Int64? = nil,
        expiresAt: Int64? = nil
    ) throws -> VerificationKey {
        try secret.verificationKey(id: id, for: .standardWebhooks, notBefore: notBefore, expiresAt: expiresAt)
    }

    @Test func currentAndOldSecretAreAcceptedAndToldApart() throws {
        let (current, old, stranger) = (try Self.secret(1), try Self.secret(2), try Self.secret(3))
        let verifier = try Self.verifier([
            Self.key(current, "current", notBefore: Self.now - 60), Self.key(old, "old", expiresAt: Self.now + 60),
        ])
        let byCurrent = try verifier.verify(headers: Self.headers(current), body: Self.body, now: Self.now)
        #expect(byCurrent.keyID == "current")
        #expect(byCurrent.isNewestKey)
        let byOld = try verifier.verify(headers: Self.headers(old), body: Self.body, now: Self.now)
        #expect(byOld.keyID == "old")
        #expect(!byOld.isNewestKey)
        #expect(verifier.refusal(try Self.headers(stranger), body: Self.body, now: Self.now) == .signature)
    }

    @Test func deliverySignedWithBothReportsTheNewest() throws {
        let (current, old) = (try Self.secret(1), try Self.secret(2))
        let keys = try [Self.key(old, "old"), Self.key(current, "current", notBefore: 5)]
        for headers in try [Self.headers(old, current), Self.headers(current, old)] {
            let delivery = try Self.verifier(keys).verify(headers: headers, body: Self.body, now: Self.now)
            #expect(delivery.keyID == "current")
            #expect(delivery.isNewestKey)
        }
    }

    @Test func amongKeysOfTheSameTimeTheFirstIsTheNewest() throws {
        let (first, second) = (try Self.secret(1), try Self.secret(2))
        let verifier = try Self.verifier([Self.key(first, "first"), Self.key(second, "second")])
        let byFirst = try verifier.verify(headers: Self.headers(first), body: Self.body, now: Self.now)
        let bySecond = try verifier.verify(headers: Self.headers(second), body: Self.body, now: Self.now)
        #expect(byFirst.isNewestKey)
        #expect(!bySecond.isNewestKey)
    }

    @Test(arguments: [(Int64(1), true), (0, false), (-1, false)])
    func keyEndsAtItsExpiry(offset: Int64, isAccepted: Bool) throws {
        let (old, current) = (try Self.secret(1), try Self.secret(2))
        let keys = try [Self.key(old, "old", expiresAt: Self.now + offset), Self.key(current, "current")]
        #expect(keys[0].isActive(at: Self.now) == isAccepted)
        let expected: VerificationError.Reason? = isAccepted ? nil : .signature
        #expect(try Self.verifier(keys).refusal(Self.headers(old), body: Self.body, now: Self.now) == expected)
    }

    @Test(arguments: [(Int64(-1), true), (0, true), (1, false)])
    func keyBeginsAtItsNotBefore(offset: Int64, isAccepted: Bool) throws {
        let (next, current) = (try Self.secret(1), try Self.secret(2))
        let keys = try [Self.key(next, "next", notBefore: Self.now + offset), Self.key(current, "current")]
        let verifier = try Self.verifier(keys)
        #expect((verifier.refusal(try Self.headers(next), body: Self.body, now: Self.now) == nil) == isAccepted)
        let delivery = try verifier.verify(headers: Self.headers(current), body: Self.body, now: Self.now)
        #expect(delivery.isNewestKey == !isAccepted)
    }

    @Test func withoutAnyActiveKeyThatIsTheReason() throws {
        let secret = try Self.secret(1)
        let keys = try [
            Self.key(secret, "past", expiresAt: Self.now), Self.key(secret, "future", notBefore: Self.now + 1),
            Self.key(secret, "never", notBefore: 10, expiresAt: 10),
        ]
        #expect(try Self.verifier(keys).refusal(Self.headers(secret), body: Self.body, now: Self.now) == .noActiveKey)
    }

    @Test func keysAreCheckedWhenTheVerifierIsMade() throws {
        let secret = try Self.secret(1)
        #expect(failure { () throws(SignatureError) in try WebhookVerifier(scheme: .svix, keys: []) } == .noKeys)
        let same = try [Self.key(secret, "same"), Self.key(Self.secret(2), "same")]
        #expect(
            failure { () throws(SignatureError) in try WebhookVerifier(scheme: .svix, keys: same) } == .duplicateKeyID
        )
        let many = try (0..<17).map { try Self.key(secret, KeyID(rawValue: "key \($0)")) }
        #expect(failure { () throws(SignatureError) in try WebhookVerifier(scheme: .svix, keys: many) } == .tooManyKeys)
        let most = Array(many.dropLast())
        #expect(failure { () throws(SignatureError) in try WebhookVerifier(scheme: .svix, keys: most) } == nil)
    }

    @Test func keyReadForAnotherSchemeIsRefused() throws {
        let text = try VerificationKey("plain text secret", id: "a", for: .github)
        let standard = try Self.key(Self.secret(1), "b")
        let mixed = failure { () throws(SignatureError) in try WebhookVerifier(scheme: .svix, keys: [standard, text]) }
        #expect(mixed == .keyForOtherScheme)
        let wrong = failure { () throws(SignatureError) in try WebhookVerifier(scheme: .stripe, keys: [standard]) }
        #expect(wrong == .keyForOtherScheme)
        #expect(failure { () throws(SignatureError) in try WebhookVerifier(scheme: .slack, keys: [text]) } == nil)
    }

    @Test func oneVerifierServesManyTasksAtOnce() async throws {
        let (current, old) = (try Self.secret(1), try Self.secret(2))
        let verifier = try Self.verifier([Self.key(current, "current", notBefore: 1), Self.key(old, "old")])
        let deliveries = try [Self.headers(current), Self.headers(old)]
        let matched = try await withThrowingTaskGroup(of: KeyID.self) { group in
            for index in 0..<400 {
                group.addTask {
                    try verifier.verify(headers: deliveries[index % 2], body: Self.body, now: Self.now).keyID
                }
            }
            return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        #expect(matched == ["current": 200, "old": 200])
    }
}
