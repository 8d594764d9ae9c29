import Foundation
import Testing
import WebhookSignatures

/// Which secrets are taken at configuration, and what each turns into.
struct KeyTests {
    static let refused: [(String, SignatureError.Code)] = [
        ("w", .malformedSecret),
        ("whsec_%", .malformedSecret),
        ("whsec_wronglength", .malformedSecret),
        ("hwsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", .malformedSecret),
        ("WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", .malformedSecret),
        ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw ", .malformedSecret),
        ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n", .malformedSecret),
        ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2Lá", .malformedSecret),
        ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa_-", .malformedSecret),
        ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwA", .malformedSecret),
        ("whsec_q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6t=", .malformedSecret),
        ("whsec_q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s==", .malformedSecret),
        ("bm90LXZhbGlkCg==", .secretTooShort),
        (
            "V09IYXZUaFJoSnFobnpJQkpPMXdpdGFNWnJsRzAxdXZCeTVndVpwRmxSSXFsc0oyYzBTRWRUekJhYnlaZ0JSRGNPQ3BGZG1x"
                + "YjFVVmRGQ3UK",
            .secretTooLong
        ),
        ("", .emptySecret),
        ("whsec_", .emptySecret),
        ("whpk_", .emptySecret),
        ("whsec_====", .malformedSecret),
        ("whsec_whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", .malformedSecret),
    ]

    @Test(arguments: refused)
    func unusableSecretIsRefusedOnBothSides(text: String, code: SignatureError.Code) {
        #expect(failure { () throws(SignatureError) in try VerificationKey(text, id: "a", for: .svix) } == code)
        #expect(failure { () throws(SignatureError) in try SigningSecret(text, for: .standardWebhooks) } == code)
    }

    @Test(arguments: [(1, false), (23, false), (24, true), (32, true), (64, true), (65, false), (81, false)])
    func lengthFromTwentyFourToSixtyFourIsTaken(count: Int, isTaken: Bool) {
        let text = "whsec_" + Data(repeating: 7, count: count).base64EncodedString()
        #expect(
            (failure { () throws(SignatureError) in try VerificationKey(text, id: "a", for: .svix) } == nil) == isTaken
        )
    }

    @Test(arguments: [(1, nil), (23, nil), (24, nil), (64, nil), (65, SignatureError.Code.secretTooLong)])
    func shortSecretIsTakenWhenAllowed(count: Int, code: SignatureError.Code?) {
        let text = "whsec_" + Data(repeating: 7, count: count).base64EncodedString()
        let verifying = failure { () throws(SignatureError) in
            try VerificationKey(text, id: "a", for: .svix, allowsShortSecret: true)
        }
        let signing = failure { () throws(SignatureError) in
            try SigningSecret(text, for: .svix, allowsShortSecret: true)
        }
        #expect(verifying == code)
        #expect(signing == code)
    }

    @Test(arguments: ["", "whsec_", "whsk_", "whpk_"])
    func emptySecretIsRefusedEvenWhenShortOnesAreAllowed(text: String) {
        let code = failure { () throws(SignatureError) in
            try VerificationKey(text, id: "a", for: .svix, allowsShortSecret: true)
        }
        #expect(code == .emptySecret)
    }

    @Test(arguments: SignatureScheme.presets)
    func emptyTextIsNoSecretInAnyScheme(scheme: SignatureScheme) {
        #expect(failure { () throws(SignatureError) in try VerificationKey("", id: "a", for: scheme) } == .emptySecret)
        #expect(failure { () throws(SignatureError) in try SigningSecret("", for: scheme) } == .emptySecret)
    }

    @Test func publicKeyIsNoSecret() {
        let code = failure { () throws(SignatureError) in try SigningSecret(Reference.publicKey, for: .svix) }
        #expect(code == .wrongKeyKind)
    }

    @Test func privateKeyIsNotForReceivers() {
        let code = failure { () throws(SignatureError) in
            try VerificationKey(Reference.privateKey, id: "a", for: .svix)
        }
        #expect(code == .wrongKeyKind)
    }

    @Test func truncatedPrivateKeyIsRefused() {
        let bytes = Array(Data(base64Encoded: String(Reference.privateKey.dropFirst(5))) ?? Data())
        #expect(bytes.count == 64)
        for count in [1, 31, 32, 33, 63] {
            let text = "whsk_" + Data(bytes[..<count]).base64EncodedString()
            #expect(failure { () throws(SignatureError) in try SigningSecret(text, for: .svix) } == .malformedSecret)
        }
        let long = "whsk_" + Data(bytes + [0]).base64EncodedString()
        #expect(failure { () throws(SignatureError) in try SigningSecret(long, for: .svix) } == .malformedSecret)
    }

    @Test func privateKeyWithAnotherPublicHalfIsRefused() {
        var bytes = Array(Data(base64Encoded: String(Reference.privateKey.dropFirst(5))) ?? Data())
        bytes[63] ^= 1
        let text = "whsk_" + Data(bytes).base64EncodedString()
        #expect(failure { () throws(SignatureError) in try SigningSecret(text, for: .svix) } == .mismatchedKeyPair)
    }

    @Test(arguments: [1, 31, 33, 64])
    func publicKeyOfAnotherLengthIsRefused(count: Int) {
        let text = "whpk_" + Data(repeating: 9, count: count).base64EncodedString()
        let code = failure { () throws(SignatureError) in try VerificationKey(text, id: "a", for: .svix) }
        #expect(code == .malformedSecret)
    }

    @Test func publicHalfIsDerivedFromThePrivateKey() throws {
        let secret = try SigningSecret(Reference.privateKey, for: .standardWebhooks)
        #expect(secret.publicKeyText == Reference.publicKey)
        #expect(try SigningSecret(Reference.secret, for: .standardWebhooks).publicKeyText == nil)
    }

    @Test(arguments: [
        ("s", [SecretWarning.short(byteCount: 1, recommended: 16)]),
        ("fifteen bytes!!", [.short(byteCount: 15, recommended: 16)]),
        ("sixteen bytes!!!", []),
        ("sixteen bytes!!!\n", [.surroundingWhitespace]),
        (" short", [.short(byteCount: 6, recommended: 16), .surroundingWhitespace]),
        ("8f742231b10e8888abcd99yyyzzz85a5", []),
    ])
    func textSecretIsTakenWithItsWarnings(text: String, warnings: [SecretWarning]) throws {
        #expect(try VerificationKey(text, id: "a", for: .slack).warnings == warnings)
        #expect(try SigningSecret(text, for: .github).warnings == warnings)
    }

    @Test func warningsSayWhatIsUnwise() {
        #expect(SecretWarning.short(byteCount: 1, recommended: 16).description.contains("1 bytes"))
        #expect(SecretWarning.surroundingWhitespace.description.contains("white space"))
    }

    @Test func longStandardSecretHasNoWarning() throws {
        #expect(try VerificationKey(Reference.secret, id: "a", for: .svix).warnings == [])
        #expect(try VerificationKey(Reference.publicKey, id: "a", for: .svix).warnings == [])
    }

    @Test func stripeSecretKeepsItsPrefix() throws {
        let body = Array("{}".utf8)
        let content = Array("1614265330.".utf8) + body
        let kept = Reference.independentHex(secret: Reference.secret, content: content)
        let verifier = try Reference.verifier(scheme: .stripe)
        #expect(verifier.refusal(["Stripe-Signature": "t=1614265330,v1=\(kept)"], body: body) == nil)
        let dropped = Reference.independentHex(secret: String(Reference.secret.dropFirst(6)), content: content)
        #expect(verifier.refusal(["Stripe-Signature": "t=1614265330,v1=\(dropped)"], body: body) == .signature)
    }
}

/// What never leaves a key.
struct RedactionTests {
    @Test func descriptionsAndMirrorsHideSecrets() throws {
        let secret = "a very secret text indeed"
        let key = try VerificationKey(secret, id: "blue", for: .github)
        let signing = try SigningSecret(secret, for: .github)
        let verifier = try WebhookVerifier(scheme: .github, keys: [key])
        let signer = try WebhookSigner(scheme: .github, secrets: [signing])
        let values: [Any] = [key, signing, verifier, signer, Optional(key) as Any, [signing]]
        for value in values {
            var dumped = ""
            dump(value, to: &dumped)
            for text in [dumped, String(describing: value), String(reflecting: value)] {
                #expect(!text.contains("secret text"))
                #expect(!text.contains("97, 32, 118"))
                // The state of a hash that has taken in the key is as good as the key.
                #expect(!text.lowercased().contains("hasher"))
            }
        }
        #expect(String(describing: key) == "VerificationKey(blue)")
        #expect("\(signing)" == "SigningSecret(redacted)")
    }

    @Test func refusalsHoldNeitherExpectedSignatureNorRequest() throws {
        let verifier = try Reference.verifier()
        let cases: [WebhookHeaders] = [
            Reference.headers(signature: Reference.otherSignature),
            Reference.headers(id: "leak.leak"),
            Reference.headers(timestamp: "leak"),
            Reference.headers(signature: nil),
        ]
        for headers in cases {
            let error = #expect(throws: VerificationError.self) {
                try verifier.verify(headers: headers, body: Reference.body, now: Reference.time)
            }
            let texts = [String(describing: error), String(reflecting: error), "\(error?.description ?? "")"]
            for text in texts {
                #expect(!text.contains(Reference.digest))
                #expect(!text.contains("Ceo5qEr07ixe2NLpvHk3"))
                #expect(!text.contains("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
                #expect(!text.contains("2432232314"))
                #expect(!text.contains("leak"))
            }
        }
    }

    @Test func everyReasonHasASnakeCaseLabel() {
        let labels = [
            "missing_header", "duplicate_header", "mixed_families", "bad_timestamp", "timestamp_too_old",
            "timestamp_too_new", "bad_id", "bad_signature_header", "signature", "no_active_key", "body_not_signable",
        ]
        #expect(VerificationError.Reason.allCases.map(\.rawValue) == labels)
    }

    @Test(arguments: KeyTests.refused)
    func configurationErrorsDoNotRepeatTheSecret(text: String, code: SignatureError.Code) {
        guard text.count > 8 else { return }
        let error = #expect(throws: SignatureError.self) { try VerificationKey(text, id: "a", for: .svix) }
        #expect(error?.description.contains(text) == false)
        #expect(error?.description.hasSuffix(".") == true)
    }
}
