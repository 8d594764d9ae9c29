import Foundation
import Testing
import WebhookSignatures

@testable import hooklog

@Suite("Bodies to send")
struct TemplateTests {
    private func body(_ template: String, number: Int = 3) -> String {
        let bytes = BodyTemplate(Array(template.utf8)).body(
            number: number,
            uuid: "u-1",
            milliseconds: 1_779_820_920_123
        )
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(
        "Places are filled",
        arguments: [
            ("{{n}}", "3"), ("a{{n}}b{{n}}", "a3b3"), (#"{"t":"{{now}}"}"#, #"{"t":"2026-05-26T18:42:00.123Z"}"#),
            ("{{{n}}}", "{3}"), ("{{uuid}} {{uuid}}", "u-1 u-1"),
        ]
    )
    func placesAreFilled(_ template: String, _ expected: String) {
        #expect(body(template) == expected)
    }

    @Test("Everything else stays", arguments: ["", "{}", "{{", "{{x}}", "{{ n }}", "{{n}", "}}{{", "\u{0}ü{{N}}"])
    func otherTextStays(_ template: String) {
        #expect(body(template) == template)
    }

    @Test("Bytes that are no text stay")
    func bytesStay() {
        let template = BodyTemplate([0xFF, 0x00] + Array("{{n}}".utf8))
        #expect(template.body(number: 1, uuid: "", milliseconds: 0) == [0xFF, 0x00, UInt8(ascii: "1")])
    }

    @Test(
        "Times have their milliseconds",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (1, "1970-01-01T00:00:00.001Z"),
            (951_782_399_999, "2000-02-28T23:59:59.999Z"),
            (1_709_164_800_000, "2024-02-29T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
        ] as [(Int64, String)]
    )
    func timesHaveMilliseconds(_ milliseconds: Int64, _ expected: String) {
        #expect(Moment.text(milliseconds: milliseconds) == expected)
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
    func target(_ url: String, _ source: String, _ expected: String) throws {
        let target = try #require(SendTarget(url: url, source: source))
        #expect("\(target.isSecure ? "https" : "http")://\(target.authority)\(target.path)" == expected)
    }

    @Test("What is no target", arguments: ["", "h", "ftp://h/x", "http://", "http:///x"])
    func otherTargetIsRefused(_ url: String) {
        #expect(SendTarget(url: url, source: "s") == nil)
    }
}
