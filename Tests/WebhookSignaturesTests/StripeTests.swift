import Testing
import WebhookSignatures

/// Stripe's header with the time inside it.
struct StripeTests {
    private static let secret = "whsec_test_secret"
    private static let body = Array(#"{"id":"evt_1"}"#.utf8)
    private static let time: Int64 = 1_600_000_000

    private static func code(_ secret: String = secret, time: Int64 = time) -> String {
        Reference.independentHex(secret: secret, content: Array("\(time).".utf8) + body)
    }

    private static func refusal(_ value: String, now: Int64 = time) throws -> VerificationError.Reason? {
        try Reference.verifier(secret, scheme: .stripe)
            .refusal(["Stripe-Signature": value], body: body, now: now)
    }

    @Test(arguments: [
        ("t=,v1=.", VerificationError.Reason.badTimestamp), ("t,v1=,v0=", .badSignatureHeader),
        ("t,v1=,v0", .badSignatureHeader), ("t,v1=,", .badSignatureHeader), ("t,,", .badSignatureHeader),
        (",,", .badSignatureHeader), ("t", .badSignatureHeader), ("", .badSignatureHeader), ("=", .badSignatureHeader),
        ("t=", .badTimestamp), ("t==1600000000", .badTimestamp), ("t=1600000000", .signature),
        ("t=1600000000,v1", .signature), ("t=1600000000,v1=", .signature), ("t=1600000000,v1=zz", .signature),
        ("t=01600000000", .badTimestamp), ("t=1600000000000", .badTimestamp), ("T=1600000000", .badSignatureHeader),
    ])
    func malformedHeaderIsRefused(value: String, reason: VerificationError.Reason) throws {
        #expect(try Self.refusal(value) == reason)
    }

    @Test func goodHeaderGivesItsTime() throws {
        let delivery = try Reference.verifier(Self.secret, scheme: .stripe)
            .verify(
                headers: ["stripe-signature": "t=\(Self.time),v1=\(Self.code())"],
                body: Self.body,
                now: Self.time
            )
        #expect(delivery.timestamp == Self.time)
        #expect(delivery.signedDeliveryID == nil)
        #expect(delivery.unsignedDeliveryID == nil)
    }

    @Test func onlyVersionOneCounts() throws {
        #expect(try Self.refusal("t=\(Self.time),v0=\(Self.code())") == .signature)
        #expect(try Self.refusal("t=\(Self.time),v2=\(Self.code())") == .signature)
        #expect(try Self.refusal("t=\(Self.time),V1=\(Self.code())") == .signature)
    }

    @Test func orderAndUnreadablePairsDoNotMatter() throws {
        let code = Self.code()
        #expect(try Self.refusal("v1=\(code),t=\(Self.time)") == nil)
        #expect(try Self.refusal("v0=x,garbage,t=\(Self.time),v1=zz,v1=\(code),x=") == nil)
        #expect(try Self.refusal("t=\(Self.time),v1=\(Self.code("other")),v1=\(code)") == nil)
    }

    @Test func spellingMustBeLowerCaseHexOfFullLength() throws {
        let code = Self.code()
        for value in [code.uppercased(), String(code.dropLast()), code + "0", code + "00", " \(code)", "\(code) "] {
            #expect(try Self.refusal("t=\(Self.time),v1=\(value)") == .signature)
        }
    }

    @Test func repeatedTimeIsRefused() throws {
        let code = Self.code()
        #expect(try Self.refusal("t=\(Self.time),t=\(Self.time),v1=\(code)") == .badSignatureHeader)
        #expect(try Self.refusal("t=1,v1=\(code),t=\(Self.time)") == .badSignatureHeader)
    }

    @Test func repeatedHeaderIsRefused() throws {
        let value = "t=\(Self.time),v1=\(Self.code())"
        let headers: WebhookHeaders = ["Stripe-Signature": value, "stripe-signature": value]
        let verifier = try Reference.verifier(Self.secret, scheme: .stripe)
        #expect(verifier.refusal(headers, body: Self.body, now: Self.time) == .duplicateHeader)
        #expect(verifier.refusal([:], body: Self.body, now: Self.time) == .missingHeader)
    }

    @Test(arguments: [
        (Int64(300), VerificationError.Reason?.none), (301, .timestampTooOld), (-300, nil), (-301, nil),
        (-1_000_000, nil),
    ])
    func onlyThePastIsLimited(age: Int64, expected: VerificationError.Reason?) throws {
        #expect(try Self.refusal("t=\(Self.time),v1=\(Self.code())", now: Self.time + age) == expected)
    }

    @Test func changedTimeIsRefused() throws {
        #expect(try Self.refusal("t=\(Self.time + 1),v1=\(Self.code())") == .signature)
    }

    @Test func oldAndNewSecretAreAcceptedWhileRolling() throws {
        let verifier = try WebhookVerifier(
            scheme: .stripe,
            keys: [
                VerificationKey("whsec_new", id: "new", for: .stripe, notBefore: 1),
                VerificationKey("whsec_old", id: "old", for: .stripe, expiresAt: Self.time + 86_400),
            ]
        )
        for (value, keyID) in [
            ("v1=\(Self.code("whsec_old"))", KeyID("old")),
            ("v1=\(Self.code("whsec_old")),v1=\(Self.code("whsec_new"))", "new"),
        ] {
            let delivery = try verifier.verify(
                headers: ["Stripe-Signature": "t=\(Self.time),\(value)"],
                body: Self.body,
                now: Self.time
            )
            #expect(delivery.keyID == keyID)
        }
    }

    @Test func thirtyThreeEntriesAreRefused() throws {
        let filler = Array(repeating: "v1=00", count: 30).joined(separator: ",")
        let good = "t=\(Self.time),v1=\(Self.code())"
        #expect(try Self.refusal("\(filler),\(good)") == nil)
        #expect(try Self.refusal("v1=00,\(filler),\(good)") == .badSignatureHeader)
    }
}
