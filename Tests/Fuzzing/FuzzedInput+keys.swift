import Foundation
import Seeding
import WebhookSignatures

extension FuzzedInput {
    /// The text of a secret or a key: one that signs is verified with what it gives to receivers, and what is read as
    /// base64 is read the same by others.
    static let keys = FuzzedInput("keys", seeds: keyTexts) { text in
        for scheme in [SignatureScheme.standardWebhooks, .stripe] {
            if let secret = try? SigningSecret(text, for: scheme), !isUsable(secret, scheme) {
                return "a secret of \(scheme.name) does not verify what it signs"
            }
        }
        guard (try? VerificationKey(text, id: "key", for: .standardWebhooks)) != nil else { return nil }
        let digits = ["whsec_", "whpk_"].first { text.hasPrefix($0) }.map { text.dropFirst($0.count) } ?? text[...]
        let bare = String(digits.prefix { $0 != "=" })
        let padding = String(repeating: "=", count: (4 - bare.utf8.count % 4) % 4)
        guard let bytes = Data(base64Encoded: bare + padding) else { return "a key that is not base64 was read" }
        guard bytes.base64EncodedString() == bare + padding else { return "a second spelling of a key was read" }
        guard text.hasPrefix("whpk_") ? bytes.count == 32 : 24...64 ~= bytes.count else {
            return "a key of \(bytes.count) bytes was read"
        }
        return nil
    }

    private static let keyTexts: [String] = {
        var generator = SeededGenerator(seed: 8)
        let shared = try? SigningSecret.generate(for: .standardWebhooks, using: &generator)
        let pair = try? SigningSecret.generateKeyPair(using: &generator)
        return [shared?.text, pair?.text, pair?.publicKeyText].compactMap(\.self)
            + ["whpk_" + Data(count: 32).base64EncodedString(), "whsec_", "a text secret"]
    }()

    private static func isUsable(_ secret: SigningSecret, _ scheme: SignatureScheme) -> Bool {
        let body = Array("{}".utf8)
        do {
            let headers = try WebhookSigner(scheme: scheme, secrets: [secret])
                .sign(body: body, deliveryID: "msg_1", timestamp: 1_767_225_600)
            let key = try secret.verificationKey(id: "key", for: scheme)
            _ = try WebhookVerifier(scheme: scheme, keys: [key])
                .verify(headers: headers, body: body, now: 1_767_225_600)
            return true
        } catch {
            return false
        }
    }
}
