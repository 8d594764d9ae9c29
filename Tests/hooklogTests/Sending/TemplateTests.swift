import Foundation
import Testing
import WebhookSignatures

@testable import hooklog

@Suite("Bodies to send")
struct TemplateTests {
    private func body(_ template: String, number: Int = 3) -> String {
        var generator = CountingGenerator()
        let uuid = UUIDText(using: &generator)
        let bytes = BodyTemplate(Array(template.utf8)).body(number: number, uuid: uuid, milliseconds: 1_779_820_920_123)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(
        "Places are filled",
        arguments: [
            ("{{n}}", "3"), ("a{{n}}b{{n}}", "a3b3"), (#"{"t":"{{now}}"}"#, #"{"t":"2026-05-26T18:42:00.123Z"}"#),
            ("{{{n}}}", "{3}"),
        ]
    )
    func placesAreFilled(_ template: String, _ expected: String) {
        #expect(body(template) == expected)
    }

    @Test("Everything else stays", arguments: ["", "{}", "{{", "{{x}}", "{{ n }}", "{{n}", "}}{{", "\u{0}ü{{N}}"])
    func otherTextStays(_ template: String) {
        #expect(body(template) == template)
        #expect(BodyTemplate(Array(template.utf8)).isConstant)
    }

    @Test("Bytes that are no text stay")
    func bytesStay() {
        var generator = CountingGenerator()
        let uuid = UUIDText(using: &generator)
        let template = BodyTemplate([0xFF, 0x00] + Array("{{n}}".utf8))
        #expect(!template.isConstant)
        #expect(template.body(number: 1, uuid: uuid, milliseconds: 0) == [0xFF, 0x00, UInt8(ascii: "1")])
    }

    @Test("A UUID is version 4, the same within a body and different between bodies")
    func uuids() throws {
        let text = body("{{uuid}} {{uuid}}")
        let parts = text.split(separator: " ")
        #expect(parts[0] == parts[1])
        let uuid = try #require(UUID(uuidString: String(parts[0])))
        #expect(uuid.uuidString.lowercased() == parts[0])
        #expect(Array(parts[0])[14] == "4")
        #expect("89ab".contains(Array(parts[0])[19]))
        var generator = SystemRandomNumberGenerator()
        #expect(UUIDText(using: &generator) != UUIDText(using: &generator))
    }

    @Test(
        "Times agree with Foundation's",
        arguments: [
            0, 1, 951_782_399_999, 951_782_400_000, 1_709_164_800_000, 1_735_689_599_999, 4_102_444_800_000, -1,
            -2_208_988_800_000,
        ] as [Int64]
    )
    func timesAgree(_ milliseconds: Int64) {
        // Foundation cuts milliseconds off, so half of one is added.
        let date = Date(timeIntervalSince1970: (Double(milliseconds) + 0.5) / 1000)
        let expected = date.formatted(.iso8601.time(includingFractionalSeconds: true).year().month().day())
        #expect(String(decoding: TimeText.rfc3339(milliseconds: milliseconds), as: UTF8.self) == expected + "Z")
    }

    @Test("Deliveries are numbered, signed as the scheme demands, and end")
    func deliveriesAreSigned() throws {
        let secret = try SigningSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", for: .svix)
        let signer = try WebhookSigner(scheme: .svix, secrets: [secret])
        var factory = DeliveryFactory(template: BodyTemplate(Array("n={{n}}".utf8)), signer: signer, count: 2)
        let verifier = try WebhookVerifier(scheme: .svix, keys: [secret.verificationKey(id: "k", for: .svix)])
        var ids: Set<String> = []
        for number in 1...2 {
            let delivery = try #require(try factory.next(milliseconds: 5_000_999))
            #expect(delivery.number == number)
            #expect(delivery.body == Array("n=\(number)".utf8))
            let verified = try verifier.verify(headers: delivery.headers, body: delivery.body, now: 5000)
            #expect(verified.timestamp == 5000)
            ids.insert(try #require(verified.signedDeliveryID))
        }
        #expect(ids.count == 2)
        #expect(try factory.next(milliseconds: 0) == nil)
        #expect(factory.remaining == 0)
    }

    @Test(
        "Where deliveries go",
        arguments: [
            ("http://h", "src_1", "http://h/webhooks/src_1"), ("http://h:80/", "src_1", "http://h/webhooks/src_1"),
            ("https://h:8443", "s", "https://h:8443/webhooks/s"),
            ("http://[::1]:8080", "s", "http://[::1]:8080/webhooks/s"),
            ("http://h/hook?a=b", "s", "http://h/hook?a=b"), ("HTTP://h/a", "", "http://h/a"),
        ]
    )
    func target(_ url: String, _ source: String, _ expected: String) {
        #expect(SendTarget(url: url, source: source)?.url == expected)
    }

    @Test("What is no target", arguments: ["", "h", "ftp://h/x", "http://", "http:///x"])
    func otherTargetIsRefused(_ url: String) {
        #expect(SendTarget(url: url, source: "s") == nil)
    }
}

/// Counts up, so that what is made from it is known.
struct CountingGenerator: RandomNumberGenerator {
    private var last: UInt64 = 0

    mutating func next() -> UInt64 {
        last += 1
        return last
    }
}
