import Crypto
import Foundation
import WebhookSignatures

/// The delivery of SW-01, for tests to change one thing about.
enum Reference {
    static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    static let id = "msg_p5jXN8AQM9LWM0D4loKWxJek"
    static let time: Int64 = 1_614_265_330
    static let body = Array(#"{"test": 2432232314}"#.utf8)
    static let digest = "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    static let signature = "v1,\(digest)"
    /// A well-formed signature of something else.
    static let otherSignature = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc="

    static let publicKey = "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4="
    static let privateKey =
        "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg=="
    static let publicKeySignature =
        "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg=="

    static func headers(
        family: String = "webhook",
        id: String? = id,
        timestamp: String? = String(time),
        signature: String? = signature,
        more: WebhookHeaders = [:]
    ) -> WebhookHeaders {
        let values = [("\(family)-id", id), ("\(family)-timestamp", timestamp), ("\(family)-signature", signature)]
        let own = WebhookHeaders(pairs: values.compactMap { name, value in value.map { (name, $0) } })
        return WebhookHeaders(own.fields + more.fields)
    }

    static func verifier(
        _ text: String = secret,
        scheme: SignatureScheme = .standardWebhooks
    ) throws -> WebhookVerifier {
        try WebhookVerifier(scheme: scheme, keys: [VerificationKey(text, id: "reference", for: scheme)])
    }

    /// Returns the `v1` entry for the reference secret, computed without the library under test.
    static func independentSignature(id: String = id, timestamp: String = String(time), body: [UInt8]) -> String {
        let key = Data(base64Encoded: String(secret.dropFirst(6))) ?? Data()
        let content = Data("\(id).\(timestamp).".utf8) + body
        let code = HMAC<SHA256>.authenticationCode(for: content, using: SymmetricKey(data: key))
        return "v1,\(Data(code).base64EncodedString())"
    }

    /// Returns lower-case hex of the HMAC-SHA256 of text, computed without the library under test.
    static func independentHex(secret: String, content: [UInt8]) -> String {
        let key = SymmetricKey(data: Data(secret.utf8))
        return HMAC<SHA256>.authenticationCode(for: content, using: key).map { String(format: "%02x", $0) }.joined()
    }
}

extension SignatureScheme {
    /// A scheme without a preset, with what `change` sets.
    static func described(
        header: String = "X-Sig",
        _ change: (inout HMACSettings) -> Void
    ) throws(SignatureError) -> SignatureScheme {
        var settings = HMACSettings(signatureHeader: header)
        change(&settings)
        return try .hmac(settings)
    }

    /// A scheme whose header may hold several signatures.
    static func describedList() throws(SignatureError) -> SignatureScheme {
        try described { settings in
            settings.prefix = "v1="
            settings.acceptsSeveralSignatures = true
        }
    }
}

extension WebhookVerifier {
    /// Returns why a delivery is refused, or `nil` when it is accepted.
    func refusal(
        _ headers: WebhookHeaders,
        body: [UInt8] = Reference.body,
        now: Int64 = Reference.time
    ) -> VerificationError.Reason? {
        do {
            _ = try verify(headers: headers, body: body, now: now)
            return nil
        } catch {
            return error.reason
        }
    }
}

/// Returns the code of the error that an operation throws, or `nil` when it succeeds.
func failure<Value>(_ operation: () throws(SignatureError) -> Value) -> SignatureError.Code? {
    do throws(SignatureError) {
        _ = try operation()
        return nil
    } catch {
        return error.code
    }
}
