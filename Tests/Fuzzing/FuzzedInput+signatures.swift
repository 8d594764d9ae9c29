import Crypto
import Foundation
import Seeding
import WebhookSignatures

extension FuzzedInput {
    /// A delivery: a byte that names the sender, a line for each of its headers, then the body.
    ///
    /// What is accepted is what somebody who has the key signs, as computed without the library under test.
    static let signatures = FuzzedInput("signatures", seeds: Sender.all.indices.map { Sender.seed($0) }) { bytes in
        guard let first = bytes.first else { return nil }
        let sender = Sender.all[Int(first) % Sender.all.count]
        let names = sender.scheme.headerNames
        let lines = bytes.dropFirst().split(
            separator: UInt8(ascii: "\n"),
            maxSplits: names.count,
            omittingEmptySubsequences: false
        )
        let fields = zip(names, lines).map { ($0, String(decoding: $1, as: UTF8.self)) }.filter { !$1.isEmpty }
        let body = lines.count > names.count ? Array(lines[names.count]) : []
        let accepted = try? sender.verifier.verify(
            headers: WebhookHeaders(pairs: fields),
            body: body,
            now: Sender.time
        )
        guard accepted != nil else { return nil }
        let headers = Dictionary(fields) { first, _ in first }
        return sender.isSigned(headers, body) ? nil : "\(sender.scheme.name) accepted what nobody signed"
    }
}

/// One sender of each scheme, with the time and the keys of all seeds.
private struct Sender {
    static let time: Int64 = 1_767_225_600
    static let all: [Sender] =
        SignatureScheme.presets.map { Sender(scheme: $0, hasKeyPair: false) }
        + [Sender(scheme: .standardWebhooks, hasKeyPair: true)]

    let scheme: SignatureScheme
    let verifier: WebhookVerifier
    private let secret: SigningSecret
    private let hasKeyPair: Bool

    init(scheme: SignatureScheme, hasKeyPair: Bool) {
        var generator = SeededGenerator(seed: 7)
        do {
            secret =
                try hasKeyPair
                ? SigningSecret.generateKeyPair(using: &generator)
                : SigningSecret.generate(for: scheme, using: &generator)
            verifier = try WebhookVerifier(
                scheme: scheme,
                keys: [secret.verificationKey(id: "key", for: scheme)]
            )
        } catch {
            preconditionFailure("no key for \(scheme.name): \(error)")
        }
        self.scheme = scheme
        self.hasKeyPair = hasKeyPair
    }

    /// A delivery that is accepted.
    static func seed(_ index: Int) -> [UInt8] {
        let sender = all[index]
        let body = Array(#"{"event":"customer.updated","object_id":"cus_1"}"#.utf8)
        let signer = try? WebhookSigner(scheme: sender.scheme, secrets: [sender.secret])
        let headers = try? signer?.sign(body: body, deliveryID: "msg_1", timestamp: time)
        let lines = sender.scheme.headerNames.map { headers?.values(for: $0).first ?? "" }
        return [UInt8(index)] + Array((lines.joined(separator: "\n") + "\n").utf8) + body
    }

    /// Whether one of the codes in the headers is of this body, by the sender's own pages.
    func isSigned(_ headers: [String: String], _ body: [UInt8]) -> Bool {
        let (signature, contents) = signedContents(headers, body)
        guard !hasKeyPair else { return contents.contains { isSignedByKeyPair($0, signature) } }
        let key = SymmetricKey(data: keyBytes)
        return contents.contains { content in
            let code = Data(HMAC<SHA256>.authenticationCode(for: content, using: key))
            let hexadecimal = code.map { String(format: "%02x", $0) }.joined()
            return signature.contains(code.base64EncodedString()) || signature.contains(hexadecimal)
        }
    }

    private var keyBytes: Data {
        guard secret.text.hasPrefix("whsec_") else { return Data(secret.text.utf8) }
        return Data(base64Encoded: String(secret.text.dropFirst(6))) ?? Data()
    }

    private func isSignedByKeyPair(_ content: Data, _ signature: String) -> Bool {
        let seed = Data(base64Encoded: String(secret.text.dropFirst(5)))?.prefix(32) ?? Data()
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else { return false }
        return signature.split(separator: " ").filter { $0.hasPrefix("v1a,") }.contains { entry in
            let bytes = Data(base64Encoded: String(entry.dropFirst(4))) ?? Data()
            return key.publicKey.isValidSignature(bytes, for: content)
        }
    }

    /// The text that holds the codes, and what they may be of.
    private func signedContents(_ headers: [String: String], _ body: [UInt8]) -> (String, [Data]) {
        let body = Data(body)
        switch scheme.name {
        case "standard-webhooks", "svix":
            let families = ["svix", "webhook"].filter { headers["\($0)-signature"] != nil }
            let contents = families.map { family in
                let (id, time) = (headers["\(family)-id"] ?? "", headers["\(family)-timestamp"] ?? "")
                return isTimely(time) ? Data("\(id).\(time).".utf8) + body : Data()
            }
            return (families.compactMap { headers["\($0)-signature"] }.joined(separator: " "), contents)
        case "stripe":
            let value = headers["stripe-signature"] ?? ""
            let times = value.split(separator: ",").filter { $0.hasPrefix("t=") }.map { $0.dropFirst(2) }
            guard times.count == 1, isTimely(String(times[0])) else { return (value, []) }
            return (value, [Data("\(times[0]).".utf8) + body])
        case "slack":
            let time = headers["x-slack-request-timestamp"] ?? ""
            return (headers["x-slack-signature"] ?? "", isTimely(time) ? [Data("v0:\(time):".utf8) + body] : [])
        case "piriod":
            return (headers["x-piriod-signature"] ?? "", joinedValues(body))
        default:
            return (headers.filter { $0.key.contains("256") }.values.joined(), [body])
        }
    }

    private func isTimely(_ text: String) -> Bool {
        guard let seconds = Int64(text) else { return false }
        // Stripe's libraries let a time ahead pass.
        return seconds >= Self.time - 300 && (scheme.name == "stripe" || seconds <= Self.time + 300)
    }

    /// The values of a flat object in every order, for a dictionary has forgotten theirs.
    private func joinedValues(_ body: Data) -> [Data] {
        guard let object = try? JSONSerialization.jsonObject(with: body) as? [String: String], object.count <= 4 else {
            return []
        }
        return Self.orders(Array(object.values)).map { Data($0.joined().utf8) }
    }

    private static func orders(_ values: [String]) -> [[String]] {
        guard values.count > 1 else { return [values] }
        return values.indices.flatMap { index in
            var rest = values
            let first = rest.remove(at: index)
            return orders(rest).map { [first] + $0 }
        }
    }
}
