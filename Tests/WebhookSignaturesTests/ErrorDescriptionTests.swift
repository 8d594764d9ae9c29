import Testing
import WebhookSignatures

/// What an operator reads: every refusal and every configuration error says what is wrong and the way out.
struct ErrorDescriptionTests {
    /// A delivery that is refused, and words that its description must hold.
    struct Refusal {
        let headers: WebhookHeaders
        let reason: VerificationError.Reason
        let words: [String]
        var now = Reference.time
    }

    static let refusals: [Refusal] = [
        Refusal(
            headers: Reference.headers(id: nil),
            reason: .missingHeader,
            words: ["webhook-id", "missing", "proxy"]
        ),
        Refusal(
            headers: WebhookHeaders(Reference.headers().fields + Reference.headers().fields),
            reason: .duplicateHeader,
            words: ["webhook-id", "more than once"]
        ),
        Refusal(
            headers: Reference.headers(signature: nil, more: ["svix-signature": "v1,"]),
            reason: .mixedFamilies,
            words: ["svix-id", "svix-*", "webhook-*"]
        ),
        Refusal(
            headers: Reference.headers(timestamp: "soon"),
            reason: .badTimestamp,
            words: ["webhook-timestamp", "digits"]
        ),
        Refusal(
            headers: Reference.headers(),
            reason: .timestampTooOld,
            words: ["301 s behind", "clock"],
            now: Reference.time + 301
        ),
        Refusal(
            headers: Reference.headers(),
            reason: .timestampTooNew,
            words: ["301 s ahead", "clock"],
            now: Reference.time - 301
        ),
        Refusal(headers: Reference.headers(id: "a.b"), reason: .badID, words: ["webhook-id", "256", "dot"]),
        Refusal(
            headers: Reference.headers(signature: String(repeating: "v1,a ", count: 33)),
            reason: .badSignatureHeader,
            words: ["webhook-signature", "8192", "32"]
        ),
        Refusal(
            headers: Reference.headers(signature: "v1,"),
            reason: .signature,
            words: ["secret", "body", "changed"]
        ),
    ]

    @Test(arguments: refusals)
    func refusalIsExplained(_ refusal: Refusal) throws {
        let verifier = try Reference.verifier()
        let error = #expect(throws: VerificationError.self) {
            try verifier.verify(headers: refusal.headers, body: Reference.body, now: refusal.now)
        }
        #expect(error?.reason == refusal.reason)
        let description = error?.description ?? ""
        #expect(refusal.words.allSatisfy { description.contains($0) })
        #expect(description.hasSuffix("."))
        #expect("\(error.map { "\($0)" } ?? "")" == description)
    }

    @Test func inactiveKeysAreExplained() throws {
        let key = try VerificationKey("a text secret", id: "old", for: .github, expiresAt: 5)
        let verifier = try WebhookVerifier(scheme: .github, keys: [key])
        let error = #expect(throws: VerificationError.self) {
            try verifier.verify(headers: [:], body: [], now: 5)
        }
        #expect(error?.reason == .noActiveKey)
        #expect(error?.description.contains("No key is valid now") == true)
        #expect(error?.header == nil)
    }

    @Test func unsignableBodyIsExplained() throws {
        let verifier = try Reference.verifier("a text secret", scheme: .piriod)
        let error = #expect(throws: VerificationError.self) {
            try verifier.verify(headers: ["x-piriod-signature": "00"], body: Array("[]".utf8), now: 5)
        }
        #expect(error?.reason == .bodyNotSignable)
        #expect(error?.description.contains("4096 bytes") == true)
    }

    @Test func shortSecretNamesItsLengthAndTheWayOut() {
        let error = #expect(throws: SignatureError.self) {
            try VerificationKey("bm90LXZhbGlkCg==", id: "a", for: .svix)
        }
        #expect(error?.description.contains("10 bytes") == true)
        #expect(error?.description.contains("24") == true)
        #expect(error?.description.contains("Allow short secrets") == true)
    }

    @Test func unknownSchemeNamesTheKnownOnes() {
        let error = #expect(throws: SignatureError.self) { try SignatureScheme.preset(named: "noop") }
        let description = error?.description ?? ""
        #expect(SignatureScheme.presets.allSatisfy { description.contains($0.name) })
        #expect(!description.contains("noop"))
    }

    @Test func everyCodeHasASnakeCaseLabel() {
        for code in SignatureError.Code.allCases {
            #expect(code.rawValue.allSatisfy { $0 == "_" || ("a"..."z").contains($0) })
        }
    }
}
