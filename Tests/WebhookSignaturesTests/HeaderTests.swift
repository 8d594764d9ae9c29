import Seeding
import Testing
import WebhookSignatures

/// How repeated, mixed, malformed and oversized headers are met.
struct HeaderTests {
    @Test(arguments: ["webhook-id", "webhook-timestamp", "Webhook-ID", "WEBHOOK-TIMESTAMP"])
    func repeatedIDOrTimestampIsRefusedEvenWhenEqual(name: String) throws {
        var headers = Reference.headers()
        let value = try #require(headers.values(for: name).first)
        headers.append(name: name, value: value)
        #expect(try Reference.verifier().refusal(headers) == .duplicateHeader)
    }

    @Test func severalSignatureHeadersAreOneList() throws {
        var headers = Reference.headers(signature: Reference.otherSignature)
        headers.append(name: "Webhook-Signature", value: Reference.signature)
        #expect(try Reference.verifier().refusal(headers) == nil)
    }

    @Test func severalSignatureHeadersOfWhichNoneMatchesAreRefused() throws {
        var headers = Reference.headers(signature: "v1,")
        headers.append(name: "webhook-signature", value: Reference.digest)
        #expect(try Reference.verifier().refusal(headers) == .signature)
    }

    @Test(arguments: ["id", "timestamp", "signature"])
    func oneHeaderOfTheOtherFamilyIsRefused(part: String) throws {
        for (family, other) in [("webhook", "svix"), ("svix", "webhook")] {
            let pairs = Reference.headers(family: family).fields
                .map { ($0.name == "\(family)-\(part)" ? "\(other)-\(part)" : $0.name, $0.value) }
            #expect(try Reference.verifier().refusal(WebhookHeaders(pairs: pairs)) == .mixedFamilies)
        }
    }

    @Test func anySvixHeaderMakesSvixTheFamily() throws {
        var headers = Reference.headers()
        headers.append(name: "svix-id", value: Reference.id)
        #expect(try Reference.verifier().refusal(headers) == .mixedFamilies)
    }

    @Test func withBothFamiliesCompleteOnlySvixCounts() throws {
        let verifier = try Reference.verifier()
        let good = Reference.headers(family: "svix").fields
        let bad = Reference.headers(family: "webhook", id: "msg_other").fields
        let delivery = try verifier.verify(
            headers: WebhookHeaders(bad + good),
            body: Reference.body,
            now: Reference.time
        )
        #expect(delivery.signedDeliveryID == Reference.id)
        let badSvix = Reference.headers(family: "svix", id: "msg_other").fields
        #expect(verifier.refusal(WebhookHeaders(Reference.headers().fields + badSvix)) == .signature)
    }

    @Test(arguments: [
        "", "msg.1", ".", "msg 1", "msg\t1", "msg\r\n1", "msg\u{0}", "msg\u{7F}", "méssage", "消息", " msg",
        String(repeating: "a", count: 257), "msg_1, msg_1",
    ])
    func badIDIsRefused(id: String) throws {
        let headers = Reference.headers(
            id: id,
            signature: Reference.independentSignature(id: id, body: Reference.body)
        )
        #expect(try Reference.verifier().refusal(headers) == .badID)
    }

    @Test(arguments: ["a", "!", "~", "msg_1,2:3/4", String(repeating: "z", count: 256)])
    func goodIDIsAccepted(id: String) throws {
        let headers = Reference.headers(
            id: id,
            signature: Reference.independentSignature(id: id, body: Reference.body)
        )
        #expect(try Reference.verifier().refusal(headers) == nil)
    }

    @Test func dotInTheIDCannotMoveBytesBetweenFields() throws {
        let time = String(Reference.time)
        let signature = Reference.independentSignature(id: "msg", body: Array("\(time).{}".utf8))
        let verifier = try Reference.verifier()
        let honest = Reference.headers(id: "msg", signature: signature)
        #expect(verifier.refusal(honest, body: Array("\(time).{}".utf8)) == nil)
        let moved = Reference.headers(id: "msg.\(time)", signature: signature)
        #expect(signature == Reference.independentSignature(id: "msg.\(time)", body: Array("{}".utf8)))
        #expect(verifier.refusal(moved, body: Array("{}".utf8)) == .badID)
    }

    @Test func thirtyTwoEntriesAreReadAndOneMoreIsRefused() throws {
        let verifier = try Reference.verifier()
        let bad = Array(repeating: Reference.otherSignature, count: 31)
        let full = (bad + [Reference.signature]).joined(separator: " ")
        #expect(verifier.refusal(Reference.headers(signature: full)) == nil)
        #expect(verifier.refusal(Reference.headers(signature: "x \(full)")) == .badSignatureHeader)
    }

    @Test func tenThousandEntriesAreRefusedUnread() throws {
        let verifier = try Reference.verifier()
        let flood = Array(repeating: Reference.otherSignature, count: 10_000).joined(separator: " ")
        #expect(
            verifier.refusal(Reference.headers(signature: "\(Reference.signature) \(flood)")) == .badSignatureHeader
        )
        var lines = Reference.headers()
        for _ in 0..<10_000 {
            lines.append(name: "webhook-signature", value: Reference.otherSignature)
        }
        #expect(verifier.refusal(lines) == .badSignatureHeader)
    }

    @Test func signatureHeaderIsBoundedInBytes() throws {
        let verifier = try Reference.verifier()
        let room = 8192 - Reference.signature.utf8.count - 1
        let atLimit = "\(Reference.signature) \(String(repeating: "x", count: room))"
        #expect(verifier.refusal(Reference.headers(signature: atLimit)) == nil)
        #expect(verifier.refusal(Reference.headers(signature: atLimit + "x")) == .badSignatureHeader)
        var split = Reference.headers()
        split.append(name: "webhook-signature", value: String(repeating: "x", count: room))
        #expect(verifier.refusal(split) == nil)
        split.append(name: "webhook-signature", value: "")
        #expect(verifier.refusal(split) == .badSignatureHeader)
    }

    @Test func otherHeadersDoNoHarm() throws {
        var headers: WebhookHeaders = ["Content-Type": "text/plain", "webhook-ids": "x", "alg": "none", "": ""]
        for field in Reference.headers().fields {
            headers.append(name: field.name, value: field.value)
        }
        #expect(try Reference.verifier().refusal(headers) == nil)
    }

    @Test func lookupKeepsOrderAndIgnoresCase() {
        let headers: WebhookHeaders = ["A-b": "1", "c": "2", "a-B": "3"]
        #expect(headers.values(for: "A-B") == ["1", "3"])
        #expect(headers.values(for: "a-b-") == [])
        #expect(headers.fields.map(\.value) == ["1", "2", "3"])
    }

    @Test(arguments: SignatureScheme.presets)
    func schemeNamesTheOnlyHeadersItReads(scheme: SignatureScheme) throws {
        var generator = SeededGenerator(seed: 3)
        let secret = try SigningSecret.generate(for: scheme, using: &generator)
        let headers = try WebhookSigner(scheme: scheme, secrets: [secret])
            .sign(body: Array(#"{"a":"b"}"#.utf8), deliveryID: "id", timestamp: 1)
        #expect(headers.fields.allSatisfy { scheme.headerNames.contains($0.name) })
        #expect(scheme.headerNames.allSatisfy { $0 == $0.lowercased() })
    }
}
