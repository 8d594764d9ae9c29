import WebhookSignatures

/// One delivery to be judged.
struct SignatureCheck {
    let scheme: SignatureScheme
    let secret: String
    let headers: WebhookHeaders
    let body: [UInt8]
    /// The clock in Unix seconds.
    let now: Int64

    /// The judgement in the form that is printed.
    struct Verdict: Encodable {
        let accepted: Bool
        /// The stable label of the cause, where it is rejected.
        var reason: String?
        let message: String
        var deliveryID: String?
        var timestamp: Int64?
        let warnings: [String]

        /// The judgement in words.
        var sentence: String { "\(accepted ? "Accepted" : "Rejected"): \(message)" }
    }

    /// Judges the delivery.
    ///
    /// - Throws: `SignatureError` when the secret does not fit the scheme, so that there is nothing to judge with.
    func verdict() throws(SignatureError) -> Verdict {
        let key = try VerificationKey(secret, id: "given", for: scheme, allowsShortSecret: true)
        let verifier = try WebhookVerifier(scheme: scheme, keys: [key])
        let warnings = key.warnings.map(\.description)
        do throws(VerificationError) {
            let delivery = try verifier.verify(headers: headers, body: body, now: now)
            return Verdict(
                accepted: true,
                message: "the signature holds.",
                deliveryID: delivery.signedDeliveryID ?? delivery.unsignedDeliveryID,
                timestamp: delivery.timestamp,
                warnings: warnings
            )
        } catch {
            return Verdict(
                accepted: false,
                reason: error.reason.rawValue,
                message: error.description,
                warnings: warnings
            )
        }
    }
}
