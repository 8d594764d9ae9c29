import Testing
import WebhookSignatures

/// Piriod's scheme, which signs the values of a body in one form only.
struct PiriodTests {
    private static let secret = "whsecret_example_0001"

    private static func refusal(_ body: [UInt8], values: String) throws -> VerificationError.Reason? {
        let code = Reference.independentHex(secret: secret, content: Array(values.utf8))
        return try Reference.verifier(secret, scheme: .piriod).refusal(["x-piriod-signature": code], body: body)
    }

    private static func refusal(_ body: String, values: String) throws -> VerificationError.Reason? {
        try refusal(Array(body.utf8), values: values)
    }

    @Test(arguments: [
        (
            #"{"event": "customer.created", "object_id": "cus_01H8XYZ123ABC"}"#,
            "b5af167decc78936cc7a58dd166d4f08677e395caf5dcc308bddc2775a0b8b58"
        ),
        (
            #"{"event": "payment.created", "object_id": "pay_0001"}"#,
            "ac5969be55f01ada2fe594c1d20e37cdb91526f911cd470bb2095fb9df465e75"
        ),
    ])
    func knownAnswersHold(body: String, code: String) throws {
        let verifier = try Reference.verifier(Self.secret, scheme: .piriod)
        let delivery = try verifier.verify(headers: ["X-Piriod-Signature": code], body: Array(body.utf8), now: 0)
        #expect(delivery.timestamp == nil)
        #expect(delivery.signedDeliveryID == nil)
        let secret = try SigningSecret(Self.secret, for: .piriod)
        let headers = try WebhookSigner(scheme: .piriod, secrets: [secret]).sign(body: Array(body.utf8), timestamp: 0)
        #expect(headers == ["x-piriod-signature": code])
        #expect(verifier.refusal(["x-piriod-signature": code.uppercased()], body: Array(body.utf8)) == .signature)
        #expect(verifier.refusal([:], body: Array(body.utf8)) == .missingHeader)
    }

    @Test(arguments: [
        (#"{"a":"b"}"#, "b"),
        (#"{"a":"b","c":"d","e":"f"}"#, "bdf"),
        (" \t\r\n{ \"a\" : \"b\" , \"c\" : \"d\" } \n", "bd"),
        (#"{"":"x"}"#, "x"),
        (#"{"a":""}"#, ""),
        (#"{"a":"\"\\\/\b\f\n\r\t"}"#, "\"\\/\u{8}\u{C}\n\r\t"),
        (#"{"a":"\u0041\u00e9\u00E9\u20aC"}"#, "Aéé€"),
        (#"{"a":"\ud83d\ude00"}"#, "😀"),
        (#"{"a":"\uD800\uDC00\uDBFF\uDFFF"}"#, "\u{10000}\u{10FFFF}"),
        (#"{"a":"\u0000"}"#, "\u{0}"),
        (#"{"a":"\uFFFF\ue000"}"#, "\u{FFFF}\u{E000}"),
        ("{\"a\":\"é😀\u{7F}\u{2028}\"}", "é😀\u{7F}\u{2028}"),
        (#"{"a":"{\"b\":1}"}"#, #"{"b":1}"#),
        // Not the same name: bytes are compared, not what they look like.
        ("{\"\u{E9}\":\"1\",\"e\u{301}\":\"2\"}", "12"),
    ])
    func flatObjectOfStringsIsSignedByItsValues(body: String, values: String) throws {
        #expect(try Self.refusal(body, values: values) == nil)
        #expect(try Self.refusal(body, values: values + "x") == .signature)
    }

    @Test(arguments: [
        "", " ", "{}", "{ }", "[]", "null", #""a""#, "1", "{", "}", #"{"a"}"#, #"{"a":}"#, #"{"a":"b""#, #"{"a":"b",}"#,
        #"{,"a":"b"}"#, #"{"a":"b"}}"#, #"{"a":"b"} x"#, #"{"a":"b"}{"a":"b"}"#, #"{"a":1}"#, #"{"a":true}"#,
        #"{"a":null}"#, #"{"a":["b"]}"#, #"{"a":{"b":"c"}}"#, #"{"a":"b","n":1}"#, #"{"a":"b";"c":"d"}"#,
        #"{"a":"b" "c":"d"}"#, #"{'a':'b'}"#, #"{a:"b"}"#, #"{1:"b"}"#, #"{"a":"b","a":"c"}"#, #"{"a":"b","a":"b"}"#,
        #"{"a":"b","\u0061":"c"}"#, #"{"a":"\x"}"#, #"{"a":"\u12"}"#, #"{"a":"\u12G4"}"#, #"{"a":"\u+123"}"#,
        #"{"a":"\"}"#, #"{"a":"\ud800"}"#, #"{"a":"\udc00"}"#, #"{"a":"\ud800\ud800"}"#, #"{"a":"\ud800x"}"#,
        #"{"a":"\ud800\n"}"#, #"{"a":"\udc00\ud800"}"#, "{\"a\":\"b\n\"}", "{\"a\":\"\u{0}\"}", "{\"a\":\"\u{1F}\"}",
        "\u{FEFF}{\"a\":\"b\"}", "{\"a\":\"b\"}\u{0}", "{\u{A0}\"a\":\"b\"}", "{\"a\":\"b\"}//", #"{"a":"\U0041"}"#,
        "{\"a\":\"\\u１２３４\"}",
    ])
    func anyOtherFormIsRefusedBeforeTheSignature(body: String) throws {
        for values in ["", "b", "bb", "bc", "bd"] {
            #expect(try Self.refusal(body, values: values) == .bodyNotSignable)
        }
    }

    @Test(
        arguments: [
            [0x80], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0xFF],
            [0xF0, 0x80, 0x80, 0x80],
        ] as [[UInt8]]
    )
    func illFormedTextIsRefused(bytes: [UInt8]) throws {
        let body = Array(#"{"a":""#.utf8) + bytes + Array(#""}"#.utf8)
        #expect(try Self.refusal(body, values: "\u{FFFD}") == .bodyNotSignable)
    }

    @Test func fourKibibytesAreReadAndOneByteMoreIsNot() throws {
        let value = String(repeating: "x", count: 4096 - 8)
        #expect(try Self.refusal(#"{"a":"\#(value)"}"#, values: value) == nil)
        #expect(try Self.refusal(#"{"a":"\#(value)"} "#, values: value) == .bodyNotSignable)
        #expect(try Self.refusal(#"{"a":"x\#(value)"}"#, values: "x" + value) == .bodyNotSignable)
    }

    @Test func everyTruncationIsRefused() throws {
        let body = Array(#"{"event":"a\u00e9\ud83d\ude00","object_id":"b"}"#.utf8)
        for count in 0..<body.count {
            #expect(try Self.refusal(Array(body[..<count]), values: "aé😀b") == .bodyNotSignable)
        }
        #expect(try Self.refusal(body, values: "aé😀b") == nil)
    }

    @Test func signerRefusesOtherForms() throws {
        let signer = try WebhookSigner(scheme: .piriod, secrets: [SigningSecret(Self.secret, for: .piriod)])
        let code = failure { () throws(SignatureError) in try signer.sign(body: Array("[]".utf8), timestamp: 1) }
        #expect(code == .unsignableBody)
    }

    @Test func secretIsTakenAsItStands() throws {
        let body = Array(#"{"a":"b"}"#.utf8)
        let code = Reference.independentHex(secret: "example_0001", content: Array("b".utf8))
        let verifier = try Reference.verifier(Self.secret, scheme: .piriod)
        #expect(verifier.refusal(["x-piriod-signature": code], body: body) == .signature)
    }
}
