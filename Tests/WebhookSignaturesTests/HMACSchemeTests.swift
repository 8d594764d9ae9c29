import Testing
import WebhookSignatures

/// Schemes that a configuration describes.
struct HMACSchemeTests {
    private static let body = Array("what do ya want for nothing?".utf8)

    // RFC 2202 case 2, RFC 4231 case 2.
    @Test(arguments: [
        (HMACAlgorithm.sha1, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
        (.sha256, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        (
            .sha512,
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f"
                + "65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"
        ),
    ])
    func knownAnswersHold(algorithm: HMACAlgorithm, hex: String) throws {
        for prefix in ["", "sha=", "\(algorithm.rawValue)="] {
            let scheme = try SignatureScheme.described { settings in
                settings.algorithm = algorithm
                settings.prefix = prefix
            }
            let verifier = try Reference.verifier("Jefe", scheme: scheme)
            #expect(verifier.refusal(["x-sig": prefix + hex], body: Self.body) == nil)
            #expect(verifier.refusal(["x-sig": prefix + hex.uppercased()], body: Self.body) == .signature)
            #expect(verifier.refusal(["x-sig": prefix + hex.dropLast(2)], body: Self.body) == .signature)
            let signer = try WebhookSigner(scheme: scheme, secrets: [SigningSecret("Jefe", for: scheme)])
            #expect(try signer.sign(body: Self.body, timestamp: 0).values(for: "X-Sig") == [prefix + hex])
        }
    }

    @Test func upperCaseHexIsAnEncodingOfItsOwn() throws {
        let scheme = try SignatureScheme.described(header: "sig") { $0.encoding = .uppercaseHex }
        let verifier = try Reference.verifier("Jefe", scheme: scheme)
        let hex = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        #expect(verifier.refusal(["sig": hex.uppercased()], body: Self.body) == nil)
        #expect(verifier.refusal(["sig": hex], body: Self.body) == .signature)
    }

    @Test func requestDoesNotChooseTheAlgorithm() throws {
        let scheme = try SignatureScheme.described(header: "X-Hub-Signature") { $0.prefix = "sha256=" }
        let verifier = try Reference.verifier("Jefe", scheme: scheme)
        let sha1 = "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"
        for value in ["sha1=\(sha1)", "sha256=\(sha1)", sha1] {
            let headers: WebhookHeaders = ["X-Hub-Signature": value, "alg": "sha1", "X-Signature-Algorithm": "sha1"]
            #expect(verifier.refusal(headers, body: Self.body) == .signature)
        }
    }

    @Test func listTakesAnyMatchingEntry() throws {
        let scheme = try SignatureScheme.describedList()
        let verifier = try Reference.verifier("Jefe", scheme: scheme)
        let good = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        let bad = String(repeating: "0", count: 64)
        for value in ["v1=\(good)", "v1=\(bad),v1=\(good)", "v1=\(bad),\(good)", "x,v1=\(good)", ",v1=\(good),"] {
            #expect(verifier.refusal(["X-Sig": value], body: Self.body) == nil)
        }
        for value in [good, "v1=\(bad)", "v2=\(good)", "v1=\(bad),v2=\(good)", "v1=\(bad) v1=\(good)", ""] {
            #expect(verifier.refusal(["X-Sig": value], body: Self.body) == .signature)
        }
        let flood = Array(repeating: "v1=\(bad)", count: 32).joined(separator: ",")
        #expect(verifier.refusal(["X-Sig": "\(flood),v1=\(good)"], body: Self.body) == .badSignatureHeader)
        #expect(verifier.refusal(["X-Sig": good, "x-sig": good], body: Self.body) == .duplicateHeader)
    }

    @Test func withoutAListACommaIsNoSeparator() throws {
        let scheme = try SignatureScheme.hmac(HMACSettings(signatureHeader: "X-Sig"))
        let good = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        let verifier = try Reference.verifier("Jefe", scheme: scheme)
        #expect(verifier.refusal(["X-Sig": "\(good),\(good)"], body: Self.body) == .signature)
    }

    @Test(arguments: [
        ("{timestamp}.{body}", "1700000000.what do ya want for nothing?"),
        ("v0:{timestamp}:{body}", "v0:1700000000:what do ya want for nothing?"),
        ("{timestamp},{body}", "1700000000,what do ya want for nothing?"),
        ("{body}|{timestamp}", "what do ya want for nothing?|1700000000"),
        ("{body}.{timestamp};v2", "what do ya want for nothing?.1700000000;v2"),
    ])
    func templateSaysWhatIsSigned(template: String, content: String) throws {
        let timestamp = HMACSettings.Timestamp(header: "X-Time", signedContent: template)
        let scheme = try SignatureScheme.described { $0.timestamp = timestamp }
        let code = Reference.independentHex(secret: "a text secret", content: Array(content.utf8))
        let headers: WebhookHeaders = ["X-Sig": code, "X-Time": "1700000000"]
        let verifier = try Reference.verifier("a text secret", scheme: scheme)
        #expect(verifier.refusal(headers, body: Self.body, now: 1_700_000_300) == nil)
        #expect(verifier.refusal(headers, body: Self.body, now: 1_700_000_301) == .timestampTooOld)
        let moved: WebhookHeaders = ["X-Sig": code, "X-Time": "1700000001"]
        #expect(verifier.refusal(moved, body: Self.body, now: 1_700_000_000) == .signature)
        #expect(verifier.refusal(["X-Sig": code], body: Self.body, now: 1_700_000_000) == .missingHeader)
    }

    @Test(arguments: [
        "", "{body}", "{timestamp}", "{timestamp}{body}", "{body}{timestamp}", "{timestamp}0{body}",
        "{timestamp}.{body}{body}", "{timestamp}.{timestamp}.{body}", "{id}.{timestamp}.{body}", "{timestamp}.{body}}",
        "{{timestamp}.{body}", "{timestamp}.{ body }", "{timestamp} {x} {body}", "{Timestamp}.{body}", "timestamp.body",
    ])
    func ambiguousOrUnknownTemplateIsRefused(template: String) {
        let timestamp = HMACSettings.Timestamp(header: "X-Time", signedContent: template)
        let code = failure { () throws(SignatureError) in
            try SignatureScheme.described { $0.timestamp = timestamp }
        }
        #expect(code == .invalidContentTemplate)
    }

    @Test(arguments: [
        ("1700000000000", Int64(1_700_000_300), VerificationError.Reason?.none), ("1700000000999", 1_700_000_300, nil),
        ("1699999999999", 1_700_000_300, .timestampTooOld), ("1700000000000", 1_699_999_699, .timestampTooNew),
        ("1700000000", 1_700_000_000, .timestampTooOld), ("999999999999999", 999_999_999_999, nil),
        ("1000000000000000", 1_700_000_000, .badTimestamp), ("01700000000000", 1_700_000_000, .badTimestamp),
    ])
    func millisecondsAreJudgedInWholeSeconds(text: String, now: Int64, expected: VerificationError.Reason?) throws {
        let timestamp = HMACSettings.Timestamp(header: "X-Time", unit: .milliseconds)
        let scheme = try SignatureScheme.described { $0.timestamp = timestamp }
        let content = Array("\(text).".utf8) + Self.body
        let code = Reference.independentHex(secret: "a text secret", content: content)
        let verifier = try Reference.verifier("a text secret", scheme: scheme)
        #expect(verifier.refusal(["X-Sig": code, "X-Time": text], body: Self.body, now: now) == expected)
    }

    @Test func signerWritesMilliseconds() throws {
        let timestamp = HMACSettings.Timestamp(header: "X-Time", unit: .milliseconds)
        let scheme = try SignatureScheme.described { $0.timestamp = timestamp }
        let secret = try SigningSecret("a text secret", for: scheme)
        let headers = try WebhookSigner(scheme: scheme, secrets: [secret]).sign(
            body: Self.body,
            timestamp: 1_700_000_000
        )
        #expect(headers.values(for: "x-time") == ["1700000000000"])
        let delivery = try Reference.verifier("a text secret", scheme: scheme)
            .verify(headers: headers, body: Self.body, now: 1_700_000_000)
        #expect(delivery.timestamp == 1_700_000_000)
    }

    @Test(arguments: [
        ("{id}.{timestamp}.{body}", "d1.1700000000.what do ya want for nothing?"),
        ("v1:{timestamp}.{id}.:{body}", "v1:1700000000.d1.:what do ya want for nothing?"),
        ("{body}|{timestamp}.{id}", "what do ya want for nothing?|1700000000.d1"),
    ])
    func templateMayCoverTheDeliveryID(template: String, content: String) throws {
        let timestamp = HMACSettings.Timestamp(header: "X-Time", signedContent: template)
        let scheme = try SignatureScheme.described { settings in
            settings.timestamp = timestamp
            settings.deliveryIDHeader = "X-ID"
        }
        #expect(scheme.signsDeliveryID)
        let code = Reference.independentHex(secret: "a text secret", content: Array(content.utf8))
        let verifier = try Reference.verifier("a text secret", scheme: scheme)
        let headers: WebhookHeaders = ["X-Sig": code, "X-Time": "1700000000", "X-ID": "d1"]
        let delivery = try verifier.verify(headers: headers, body: Self.body, now: 1_700_000_000)
        #expect(delivery.signedDeliveryID == "d1")
        #expect(delivery.unsignedDeliveryID == nil)
        let other: WebhookHeaders = ["X-Sig": code, "X-Time": "1700000000", "X-ID": "d2"]
        #expect(verifier.refusal(other, body: Self.body, now: 1_700_000_000) == .signature)
        let none: WebhookHeaders = ["X-Sig": code, "X-Time": "1700000000"]
        #expect(verifier.refusal(none, body: Self.body, now: 1_700_000_000) == .missingHeader)
        let dotted: WebhookHeaders = ["X-Sig": code, "X-Time": "1700000000", "X-ID": "d.1"]
        #expect(verifier.refusal(dotted, body: Self.body, now: 1_700_000_000) == .badID)
    }

    @Test(arguments: [
        "{id}{timestamp}.{body}", "{id}:{timestamp}.{body}", "{timestamp}:{id}.{body}", "{id}.{id}.{timestamp}.{body}",
        "{id}.{body}", "{timestamp}.{body}{id}", "{id}.1.{timestamp}.{body}",
    ])
    func ambiguousTemplateWithAnIDIsRefused(template: String) {
        let timestamp = HMACSettings.Timestamp(header: "X-Time", signedContent: template)
        let code = failure { () throws(SignatureError) in
            try SignatureScheme.described { settings in
                settings.timestamp = timestamp
                settings.deliveryIDHeader = "X-ID"
            }
        }
        #expect(code == .invalidContentTemplate)
    }

    @Test func deliveryIDIsReportedAsUnsigned() throws {
        let scheme = try SignatureScheme.described { $0.deliveryIDHeader = "X-ID" }
        let secret = try SigningSecret("a text secret", for: scheme)
        let headers = try WebhookSigner(scheme: scheme, secrets: [secret])
            .sign(body: Self.body, deliveryID: "d.1", timestamp: 1)
        let delivery = try Reference.verifier("a text secret", scheme: scheme)
            .verify(headers: headers, body: Self.body, now: 1)
        #expect(delivery.unsignedDeliveryID == "d.1")
        #expect(!scheme.signsDeliveryID)
    }

    @Test(arguments: ["", "X Sig", "X-Sig:", "X-Sïg", "X-\u{212A}ey", "X-Sig\n", String(repeating: "a", count: 257)])
    func headerNameMustBeOne(name: String) {
        let code = failure { () throws(SignatureError) in
            try SignatureScheme.hmac(HMACSettings(signatureHeader: name))
        }
        #expect(code == .invalidHeaderName)
        let id = failure { () throws(SignatureError) in try SignatureScheme.described { $0.deliveryIDHeader = name } }
        #expect(id == .invalidHeaderName)
    }

    @Test func headerNamesMustDiffer() {
        let code = failure { () throws(SignatureError) in
            try SignatureScheme.described { $0.deliveryIDHeader = "x-sIG" }
        }
        #expect(code == .invalidHeaderName)
    }

    @Test(arguments: [
        ("a b", false), ("a\n", false), ("é", false), ("a,", true), (String(repeating: "a", count: 65), false),
    ])
    func prefixMustFitAHeader(prefix: String, isList: Bool) {
        let code = failure { () throws(SignatureError) in
            try SignatureScheme.described { settings in
                settings.prefix = prefix
                settings.acceptsSeveralSignatures = isList
            }
        }
        #expect(code == .invalidPrefix)
    }

    @Test(arguments: SignatureScheme.presets)
    func presetIsFoundByItsName(scheme: SignatureScheme) throws {
        #expect(try SignatureScheme.preset(named: scheme.name) == scheme)
    }

    @Test(arguments: ["", "none", "noop", "GitHub", "hmac", "github ", "basic"])
    func unknownPresetIsRefused(name: String) {
        #expect(failure { () throws(SignatureError) in try SignatureScheme.preset(named: name) } == .unknownScheme)
    }
}
