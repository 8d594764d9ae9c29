import Crypto

/// Produces the headers that a sender of a scheme would send.
///
/// It serves tests, and receivers that want to try their own set-up; what it makes, a ``WebhookVerifier`` of the same
/// scheme accepts.
public struct WebhookSigner: Sendable {
    /// The rules that deliveries are signed by.
    public let scheme: SignatureScheme

    private let secrets: [SigningSecret]

    /// Creates a signer.
    ///
    /// - Parameter secrets: The secrets to sign with, in the order of the signatures. Several are for the time in which
    ///   a secret is rotated; a scheme whose header holds one signature takes one.
    /// - Throws: `no_keys`, `too_many_keys` or `key_for_other_scheme`.
    public init(scheme: SignatureScheme, secrets: [SigningSecret]) throws(SignatureError) {
        guard !secrets.isEmpty else {
            throw SignatureError(.noKeys, "There is no secret to sign with. Give at least one.")
        }
        guard secrets.count <= scheme.maximumSignatureCount else {
            throw SignatureError(
                .tooManyKeys,
                "Scheme \(scheme.name) carries \(scheme.maximumSignatureCount) signatures at most."
                    + " Sign with that many secrets."
            )
        }
        guard secrets.allSatisfy({ $0.format == scheme.keyFormat }) else {
            throw .keyForOtherScheme(scheme)
        }
        self.scheme = scheme
        self.secrets = secrets
    }

    /// Returns the headers of a delivery: id, timestamp and signature, as far as the scheme has them.
    ///
    /// - Parameters:
    ///   - body: The body's bytes exactly as they will be sent.
    ///   - deliveryID: The delivery's id. Needed where it is signed, sent where there is a header for it, else ignored.
    ///   - timestamp: The time of the attempt in Unix seconds; ignored by schemes that sign no time.
    /// - Throws: `invalid_delivery_id`, `invalid_timestamp`, `unsignable_body` or `signing_failed`.
    public func sign(
        body: [UInt8],
        deliveryID: String? = nil,
        timestamp: Int64
    ) throws(SignatureError) -> WebhookHeaders {
        let names = scheme.signingHeaders
        let id = names.id == nil ? nil : try checked(deliveryID)
        let time = try timestampText(timestamp)
        let bytes = try signedBody(body)
        let signatures = try bytes.span.bytes.withUnsafeBytes { (body) throws(SignatureError) -> [Signature] in
            let message = SignedMessage(scheme: scheme, id: id, timestamp: time, body: body)
            return try secrets.map { (secret) throws(SignatureError) in try signature(of: message, secret) }
        }
        var headers = WebhookHeaders()
        if let name = names.id, let id {
            headers.append(name: name, value: id)
        }
        if let name = names.timestamp, let time {
            headers.append(name: name, value: time)
        }
        headers.append(name: names.signature, value: headerValue(signatures, timestamp: time))
        return headers
    }

    private func checked(_ id: String?) throws(SignatureError) -> String? {
        guard let id else {
            guard scheme.signsDeliveryID else { return nil }
            throw SignatureError(.invalidDeliveryID, "Scheme \(scheme.name) signs a delivery id. Give one.")
        }
        guard ReceivedSignature.isDeliveryID(id, isSigned: scheme.signsDeliveryID) else {
            throw SignatureError(
                .invalidDeliveryID,
                "A delivery id has 1 to \(ReceivedSignature.maximumIDByteCount) visible ASCII characters"
                    + (scheme.signsDeliveryID ? " without a dot." : ".")
            )
        }
        return id
    }

    private func timestampText(_ timestamp: Int64) throws(SignatureError) -> String? {
        guard let rule = scheme.timestamp else { return nil }
        guard 1...TimestampRule.maximumSeconds ~= timestamp else {
            throw SignatureError(.invalidTimestamp, "The timestamp must be Unix seconds from 1 to 999999999999.")
        }
        return String(timestamp * rule.unit.perSecond)
    }

    private func signedBody(_ body: [UInt8]) throws(SignatureError) -> [UInt8] {
        switch scheme.content.body {
        case .raw:
            return body
        case .joinedValues:
            guard let values = body.span.bytes.withUnsafeBytes({ FlatJSONObject.joinedValues(of: $0) }) else {
                throw SignatureError(
                    .unsignableBody,
                    "Scheme \(scheme.name) signs one flat JSON object of strings of at most"
                        + " \(FlatJSONObject.maximumByteCount) bytes. Send such a body."
                )
            }
            return values
        }
    }
}

extension WebhookSigner {
    /// One signature and its version in a versioned list.
    private struct Signature {
        let version: String
        let text: String
    }

    private func signature(of message: SignedMessage, _ secret: SigningSecret) throws(SignatureError) -> Signature {
        switch secret.material {
        case .shared(let key):
            return Signature(version: "v1", text: scheme.encoding.encode(code(of: message, key)))
        case .privateKey(let key):
            guard let bytes = try? key.signature(for: message.bytes) else {
                throw SignatureError(.signingFailed, "The Ed25519 signature could not be computed. Try again.")
            }
            return Signature(version: "v1a", text: scheme.encoding.encode(Array(bytes)))
        }
    }

    private func code(of message: SignedMessage, _ key: SymmetricKey) -> [UInt8] {
        switch scheme.algorithm {
        case .sha1: Array(message.code(HMAC<Insecure.SHA1>(key: key)))
        case .sha256: Array(message.code(HMAC<SHA256>(key: key)))
        case .sha512: Array(message.code(HMAC<SHA512>(key: key)))
        }
    }

    private func headerValue(_ signatures: [Signature], timestamp: String?) -> String {
        switch scheme.entries {
        case .single(let prefix), .commaList(let prefix):
            signatures.map { prefix + $0.text }.joined(separator: ",")
        case .versionedList:
            signatures.map { "\($0.version),\($0.text)" }.joined(separator: " ")
        case .timestampedPairs:
            (["t=\(timestamp ?? "")"] + signatures.map { "v1=\($0.text)" }).joined(separator: ",")
        }
    }
}

extension SignatureScheme {
    /// How many signatures one delivery carries at most.
    fileprivate var maximumSignatureCount: Int {
        switch entries {
        case .single: 1
        case .commaList, .versionedList, .timestampedPairs: WebhookVerifier.maximumKeyCount
        }
    }
}
