import Seeding
import Testing
import WebhookSignatures

/// What holds for every scheme, key, body and header.
struct PropertyTests {
    /// A scheme with a secret of its own.
    struct Subject: CustomTestStringConvertible {
        let scheme: SignatureScheme
        let usesKeyPair: Bool

        var testDescription: String { usesKeyPair ? "\(scheme.name) with a key pair" : scheme.name }

        func secret(_ generator: inout SeededGenerator) throws -> SigningSecret {
            try usesKeyPair
                ? SigningSecret.generateKeyPair(using: &generator)
                : SigningSecret.generate(for: scheme, using: &generator)
        }

        func body(_ generator: inout SeededGenerator, maximum: Int = 2000) -> [UInt8] {
            let bytes = generator.bytes(Int.random(in: 0...maximum, using: &generator))
            guard scheme == .piriod else { return bytes }
            let text = bytes.prefix(300).map { String($0, radix: 16) }.joined()
            return Array(#"{"event":"e\#(text)","object_id":"\u00e9\#(text.count)"}"#.utf8)
        }
    }

    static let subjects =
        SignatureScheme.presets.map { Subject(scheme: $0, usesKeyPair: false) }
        + [SignatureScheme.standardWebhooks, .svix].map { Subject(scheme: $0, usesKeyPair: true) } + generic

    private static let generic = HMACAlgorithm.allCases.flatMap { algorithm in
        SignatureEncoding.allCases.compactMap { encoding in
            try? SignatureScheme.described { settings in
                settings.algorithm = algorithm
                settings.encoding = encoding
                settings.prefix = "p="
                settings.acceptsSeveralSignatures = encoding == .hex
                settings.timestamp = HMACSettings.Timestamp(header: "X-Time", unit: .milliseconds)
            }
        }
    }
    .map { Subject(scheme: $0, usesKeyPair: false) }

    @Test func everyKindOfSchemeIsCovered() {
        #expect(Self.subjects.count == 7 + 2 + 9)
    }

    @Test(arguments: subjects)
    func whatIsSignedIsAcceptedByItsKeyOnly(subject: Subject) throws {
        var generator = SeededGenerator(seed: 42)
        for round in 0..<40 {
            let secret = try subject.secret(&generator)
            let stranger = try subject.secret(&generator)
            let body = subject.body(&generator)
            let time = Int64.random(in: 1...999_999_999_999, using: &generator)
            let id = "msg_\(round)"
            let headers = try WebhookSigner(scheme: subject.scheme, secrets: [secret])
                .sign(body: body, deliveryID: id, timestamp: time)
            let key = try secret.verificationKey(id: "key", for: subject.scheme)
            let verifier = try WebhookVerifier(scheme: subject.scheme, keys: [key])
            let delivery = try verifier.verify(headers: headers, body: body, now: time)
            #expect(delivery.signedDeliveryID == (subject.scheme.signsDeliveryID ? id : nil))
            #expect(delivery.timestamp == (subject.scheme.tolerance == nil ? nil : time))
            let other = try stranger.verificationKey(id: "key", for: subject.scheme)
            let foreign = try WebhookVerifier(scheme: subject.scheme, keys: [other])
            #expect(foreign.refusal(headers, body: body, now: time) == .signature)
        }
    }

    @Test(arguments: subjects)
    func everyFlippedBitIsRefused(subject: Subject) throws {
        var generator = SeededGenerator(seed: 43)
        let secret = try subject.secret(&generator)
        let body = subject.body(&generator, maximum: 40) + (subject.scheme == .piriod ? [] : [0x7A])
        let headers = try WebhookSigner(scheme: subject.scheme, secrets: [secret])
            .sign(body: body, deliveryID: subject.scheme.signsDeliveryID ? "msg_1" : nil, timestamp: Reference.time)
        let key = try secret.verificationKey(id: "key", for: subject.scheme)
        let verifier = try WebhookVerifier(scheme: subject.scheme, keys: [key])
        #expect(verifier.refusal(headers, body: body) == nil)
        // Piriod signs no names, so only bits of its first value are flipped.
        let first = subject.scheme == .piriod ? 10 : 0
        let end = subject.scheme == .piriod ? 12 : body.count
        for bit in first * 8..<end * 8 {
            #expect(verifier.refusal(headers, body: Self.flipping(bit, in: body)) != nil)
        }
        for (index, field) in headers.fields.enumerated() {
            for bit in 0..<field.value.utf8.count * 8 {
                var pairs = headers.fields.map { ($0.name, $0.value) }
                pairs[index].1 = String(decoding: Self.flipping(bit, in: Array(field.value.utf8)), as: UTF8.self)
                #expect(verifier.refusal(WebhookHeaders(pairs: pairs), body: body) != nil)
            }
        }
    }

    @Test(arguments: subjects)
    func arbitraryHeadersAreRefusedWithoutACrash(subject: Subject) throws {
        var generator = SeededGenerator(seed: 44)
        let secret = try subject.secret(&generator)
        let key = try secret.verificationKey(id: "key", for: subject.scheme)
        let verifier = try WebhookVerifier(scheme: subject.scheme, keys: [key])
        for _ in 0..<400 {
            var headers = WebhookHeaders()
            for name in subject.scheme.headerNames {
                for _ in 0..<Int.random(in: 0...2, using: &generator) {
                    headers.append(name: name, value: Self.value(&generator))
                }
            }
            let body = subject.body(&generator, maximum: 60)
            #expect(verifier.refusal(headers, body: body) != nil)
        }
    }

    @Test(arguments: subjects)
    func mutatedGoodHeadersNeverCrash(subject: Subject) throws {
        var generator = SeededGenerator(seed: 45)
        let secret = try subject.secret(&generator)
        let body = subject.body(&generator, maximum: 60)
        let good = try WebhookSigner(scheme: subject.scheme, secrets: [secret])
            .sign(body: body, deliveryID: "msg_1", timestamp: Reference.time)
        let key = try secret.verificationKey(id: "key", for: subject.scheme)
        let verifier = try WebhookVerifier(scheme: subject.scheme, keys: [key])
        for _ in 0..<400 {
            let headers = WebhookHeaders(pairs: good.fields.map { ($0.name, Self.mutated($0.value, &generator)) })
            guard headers != good else { continue }
            let delivery = try? verifier.verify(headers: headers, body: body, now: Reference.time)
            #expect(delivery?.signedDeliveryID == nil || delivery?.signedDeliveryID == "msg_1")
            #expect(delivery?.timestamp == nil || delivery?.timestamp == Reference.time)
        }
    }

    @Test func arbitraryBodiesOfTheJoinedSchemeNeverCrash() throws {
        var generator = SeededGenerator(seed: 46)
        let verifier = try Reference.verifier("a text secret", scheme: .piriod)
        let alphabet = Array("{}\":,\\u0dD8c\n a\u{0}".utf8) + [0x80, 0xED, 0xFF]
        for _ in 0..<4000 {
            let count = Int.random(in: 0...40, using: &generator)
            let body = (0..<count).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
            let reason = verifier.refusal(["x-piriod-signature": Reference.digest], body: body)
            #expect(reason == .bodyNotSignable || reason == .signature)
        }
    }

    private static func flipping(_ bit: Int, in bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        bytes[bit / 8] ^= 1 << UInt8(bit % 8)
        return bytes
    }

    private static func value(_ generator: inout SeededGenerator) -> String {
        let pieces = [
            "v1,", "v1a,", "t=", "v1=", "p=", "v0=", "sha256=", ",", " ", "=", "1614265330", "AAAA", "é", "\u{0}",
        ]
        let count = Int.random(in: 0...12, using: &generator)
        return (0..<count)
            .map { _ in
                Bool.random(using: &generator)
                    ? pieces.randomElement(using: &generator) ?? ""
                    : String(decoding: generator.bytes(3), as: UTF8.self)
            }
            .joined()
    }

    private static func mutated(_ value: String, _ generator: inout SeededGenerator) -> String {
        var bytes = Array(value.utf8)
        for _ in 0..<Int.random(in: 0...3, using: &generator) {
            let index = Int.random(in: 0...bytes.count, using: &generator)
            switch Int.random(in: 0..<3, using: &generator) {
            case 0 where index < bytes.count: bytes.remove(at: index)
            case 1: bytes.insert([0x20, 0x2C, 0x3D, 0x76, 0x00, 0xFF].randomElement(using: &generator) ?? 0, at: index)
            default: bytes.insert(contentsOf: bytes, at: index)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
