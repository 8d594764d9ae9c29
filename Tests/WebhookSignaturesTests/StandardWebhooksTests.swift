import Seeding
import Testing
import WebhookSignatures

/// What Standard Webhooks and Svix deliveries are accepted and refused: the union of the reference libraries' own
/// tests.
struct StandardWebhooksTests {
    @Test(arguments: ["webhook", "svix", "Webhook", "SVIX", "wEbHoOk"], [SignatureScheme.standardWebhooks, .svix])
    func eitherFamilyInAnyCaseIsAccepted(family: String, scheme: SignatureScheme) throws {
        let verifier = try Reference.verifier(scheme: scheme)
        let delivery = try verifier.verify(
            headers: Reference.headers(family: family),
            body: Reference.body,
            now: Reference.time
        )
        #expect(delivery.signedDeliveryID == Reference.id)
        #expect(delivery.unsignedDeliveryID == nil)
        #expect(delivery.timestamp == Reference.time)
        #expect(delivery.keyID == "reference")
        #expect(delivery.isNewestKey)
    }

    @Test(arguments: ["webhook", "svix"])
    func missingHeaderIsNamed(family: String) throws {
        let verifier = try Reference.verifier()
        let cases = [
            ("id", Reference.headers(family: family, id: nil)),
            ("timestamp", Reference.headers(family: family, timestamp: nil)),
            ("signature", Reference.headers(family: family, signature: nil)),
        ]
        for (name, headers) in cases {
            let error = #expect(throws: VerificationError.self) {
                try verifier.verify(headers: headers, body: Reference.body, now: Reference.time)
            }
            #expect(error?.reason == .missingHeader)
            #expect(error?.header == "\(family)-\(name)")
        }
        #expect(verifier.refusal([:]) == .missingHeader)
    }

    @Test(arguments: [
        "v1,", "v1,g0hM9SsE", "v1", ",", "", " ", "BAD_SIG_NATURE", Reference.digest,
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OA=",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLawdd",
        "v2,\(Reference.digest)", "V1,\(Reference.digest)", "v1a,\(Reference.digest)", "v1b,\(Reference.digest)",
        "v1,,\(Reference.digest)", "v1,x,\(Reference.digest)", "v1,\(Reference.digest),x", "v1=\(Reference.digest)",
        "v1, \(Reference.digest)", "v1,\t\(Reference.digest)", "v1,\(Reference.digest)\u{0}", "v1,\u{FF}",
    ])
    func badSignatureIsRefusedAndNeverMore(signature: String) throws {
        #expect(try Reference.verifier().refusal(Reference.headers(signature: signature)) == .signature)
    }

    @Test(arguments: [
        "v1,g0hM9SsE-OTPJTGt_tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OF=",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE==",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=A",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3\nuFJELVlNIOLJ1OE=",
        "v1,=g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE",
        "v1,====", "v1,=", "v1,A===",
    ])
    func spellingThatIsNotCanonicalBase64IsRefused(signature: String) throws {
        #expect(try Reference.verifier().refusal(Reference.headers(signature: signature)) == .signature)
    }

    @Test(arguments: [
        "\(Reference.signature) \(Reference.otherSignature)",
        "\(Reference.otherSignature) v2,x \(Reference.signature) \(Reference.otherSignature)",
        "\(Reference.otherSignature) \(Reference.signature)",
        "garbage \(Reference.signature)",
        "v1, v1 , \(Reference.signature)",
        "v1,!!!! v1,\u{FF}\u{FE} \(Reference.signature)",
        "v1a,AAAA \(Reference.signature)",
        "  \(Reference.signature)  ",
    ])
    func oneGoodEntryAmongBadOnesIsEnough(signature: String) throws {
        #expect(try Reference.verifier().refusal(Reference.headers(signature: signature)) == nil)
    }

    @Test func severalEntriesOfWhichNoneMatchesAreRefused() throws {
        let signature = "\(Reference.otherSignature) v2,\(Reference.digest) \(Reference.otherSignature)"
        #expect(try Reference.verifier().refusal(Reference.headers(signature: signature)) == .signature)
    }

    @Test func secretWithAndWithoutPrefixOrPaddingIsTheSame() throws {
        let headers = Reference.headers()
        #expect(try Reference.verifier("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").refusal(headers) == nil)
        let padded = "whsec_q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s="
        let vector = try #require(PublishedVector.named("SW-44 Postel raw bytes"))
        for text in [padded, String(padded.dropLast()), String(padded.dropFirst(6).dropLast())] {
            let verifier = try Reference.verifier(text)
            #expect(verifier.refusal(vector.headers, body: vector.bytes, now: vector.now ?? 0) == nil)
        }
    }

    @Test func timestampChangedInsideTheWindowIsRefused() throws {
        let headers = Reference.headers(timestamp: String(Reference.time + 1))
        #expect(try Reference.verifier().refusal(headers) == .signature)
    }

    @Test func changedIDIsRefused() throws {
        #expect(try Reference.verifier().refusal(Reference.headers(id: "msg_other")) == .signature)
    }
}

/// Bodies are bytes: nothing is decoded, normalised or parsed.
struct RawBodyTests {
    static let bodies: [[UInt8]] = [
        [],
        [0x00],
        [0xFF, 0xFE, 0x80],
        Array("a\u{0}b".utf8),
        [0xEF, 0xBB, 0xBF] + Array("{}".utf8),
        Array("{\r\n}\r\n".utf8),
        Array("not json".utf8),
        Array("token=a&text=%20".utf8),
        Array(#"{"a":"\u0000"}"#.utf8),
        Array(#"{"a":"\ud800"}"#.utf8),
        Array(#"{"a":1,"a":2}"#.utf8),
        Array(#"{"n":12345678901234567890123456789}"#.utf8),
        Array(String(repeating: "[", count: 100_000).utf8),
        Array("e\u{301}".utf8),
        Array("\u{E9}".utf8),
    ]

    @Test(arguments: bodies)
    func anyBytesVerifyWhenSigned(body: [UInt8]) throws {
        let headers = Reference.headers(signature: Reference.independentSignature(body: body))
        #expect(try Reference.verifier().refusal(headers, body: body) == nil)
    }

    @Test(arguments: [
        (#"{"a": 1}"#, #"{"a":1}"#), ("{\r\n}", "{\n}"), ("\u{E9}", "e\u{301}"), ("{}", "\u{FEFF}{}"), ("{}", "{}\n"),
        ("\u{FFFD}", "\u{FFFD}\u{FFFD}"), ("", " "),
    ])
    func equivalentBytesAreNotTheSame(signed: String, received: String) throws {
        let headers = Reference.headers(signature: Reference.independentSignature(body: Array(signed.utf8)))
        let verifier = try Reference.verifier()
        #expect(verifier.refusal(headers, body: Array(received.utf8)) == .signature)
        #expect(verifier.refusal(headers, body: Array(signed.utf8)) == nil)
    }

    @Test(arguments: [262_143, 262_144, 1_048_576])
    func largeBodiesVerify(count: Int) throws {
        let body = [UInt8](repeating: 0xA5, count: count)
        let headers = Reference.headers(signature: Reference.independentSignature(body: body))
        let verifier = try Reference.verifier()
        #expect(verifier.refusal(headers, body: body) == nil)
        #expect(verifier.refusal(headers, body: body.dropLast()) == .signature)
    }

    @Test func borrowedPartOfABufferIsVerified() throws {
        let buffer = Array("head".utf8) + Reference.body + Array("tail".utf8)
        let slice = buffer[4..<4 + Reference.body.count]
        let delivery = try Reference.verifier()
            .verify(headers: Reference.headers(), body: slice.span.bytes, now: Reference.time)
        #expect(delivery.signedDeliveryID == Reference.id)
    }
}

extension WebhookVerifier {
    fileprivate func refusal(_ headers: WebhookHeaders, body: ArraySlice<UInt8>) -> VerificationError.Reason? {
        refusal(headers, body: Array(body))
    }
}
