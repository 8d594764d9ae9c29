/// Decides whether a delivery was signed by the holder of a key, over the bytes as received.
///
/// Make one per source and keep it: keys are prepared once. It is a value without state, does no I/O, never parses the
/// body (but where a scheme signs its values), and its work is bounded: at most 32 signatures are looked at, each
/// active key computes one HMAC, and at most 32 Ed25519 checks are made.
public struct WebhookVerifier: Sendable {
    /// The greatest number of keys in one verifier.
    public static let maximumKeyCount = 16
    /// The greatest number of Ed25519 checks for one delivery.
    static let maximumPublicKeyChecks = 32

    /// The rules that deliveries are held to.
    public let scheme: SignatureScheme

    /// Newest first.
    private let keys: [PreparedKey]

    /// Creates a verifier.
    ///
    /// - Parameter keys: 1 to 16 keys with different ids. The newest is the one with the latest `notBefore`, where none
    ///   counts as earliest; among equals it is the one given first.
    /// - Throws: `no_keys`, `too_many_keys`, `duplicate_key_id`, or `key_for_other_scheme` for a key that was read for
    ///   a scheme that writes its secrets differently.
    public init(scheme: SignatureScheme, keys: [VerificationKey]) throws(SignatureError) {
        try Self.check(keys, scheme: scheme)
        let newestFirst = keys.enumerated().sorted { left, right in
            let leftTime = left.element.notBefore ?? .min
            let rightTime = right.element.notBefore ?? .min
            return leftTime == rightTime ? left.offset < right.offset : leftTime > rightTime
        }
        self.scheme = scheme
        self.keys = newestFirst.map { PreparedKey($0.element, algorithm: scheme.algorithm) }
    }

    /// Returns what is certain about the delivery, or throws why it is refused.
    ///
    /// Headers are read first, then the time is judged, then the signature is checked with every key that is active.
    ///
    /// - Parameters:
    ///   - headers: The header fields; more than ``SignatureScheme/headerNames`` do no harm.
    ///   - body: The body's bytes as received, before any decoding.
    ///   - now: The clock in Unix seconds.
    public func verify(
        headers: WebhookHeaders,
        body: RawSpan,
        now: Int64
    ) throws(VerificationError) -> VerifiedDelivery {
        let active = keys.filter { $0.key.isActive(at: now) }
        guard !active.isEmpty else { throw VerificationError(.noActiveKey) }
        let received = try ReceivedSignature(headers: headers, scheme: scheme)
        if let timestamp = received.timestamp { try scheme.timestamp?.check(timestamp, now: now) }
        return try body.withUnsafeBytes { (bytes) throws(VerificationError) in
            try match(received, body: bytes, keys: active)
        }
    }

    /// Returns what is certain about the delivery, or throws why it is refused.
    ///
    /// The same as the function that borrows the body, for a body in an array.
    public func verify(
        headers: WebhookHeaders,
        body: [UInt8],
        now: Int64
    ) throws(VerificationError) -> VerifiedDelivery {
        try verify(headers: headers, body: body.span.bytes, now: now)
    }

    private static func check(_ keys: [VerificationKey], scheme: SignatureScheme) throws(SignatureError) {
        guard !keys.isEmpty else {
            throw SignatureError(.noKeys, "There is no key to verify with. Give at least one secret of the sender.")
        }
        guard keys.count <= maximumKeyCount else {
            throw SignatureError(
                .tooManyKeys,
                "There are \(keys.count) keys but a verifier takes \(maximumKeyCount) at most. Remove expired ones."
            )
        }
        guard Set(keys.map(\.id)).count == keys.count else {
            throw SignatureError(.duplicateKeyID, "Two keys have the same id. Give each its own.")
        }
        guard keys.allSatisfy({ $0.format == scheme.keyFormat }) else {
            throw .keyForOtherScheme(scheme)
        }
    }

    private func match(
        _ received: ReceivedSignature,
        body: UnsafeRawBufferPointer,
        keys: [PreparedKey]
    ) throws(VerificationError) -> VerifiedDelivery {
        let matching: PreparedKey?
        switch scheme.content.body {
        case .raw:
            matching = firstMatch(received, signedBody: body, keys: keys)
        case .joinedValues:
            guard let values = FlatJSONObject.joinedValues(of: body) else { throw VerificationError(.bodyNotSignable) }
            matching = values.span.bytes.withUnsafeBytes { firstMatch(received, signedBody: $0, keys: keys) }
        }
        guard let matching else { throw VerificationError(.signature) }
        return VerifiedDelivery(
            keyID: matching.key.id,
            isNewestKey: matching.key.id == keys.first?.key.id,
            signedDeliveryID: scheme.signsDeliveryID ? received.deliveryID : nil,
            unsignedDeliveryID: scheme.signsDeliveryID ? nil : received.deliveryID,
            timestamp: received.timestamp
        )
    }

    private func firstMatch(
        _ received: ReceivedSignature,
        signedBody body: UnsafeRawBufferPointer,
        keys: [PreparedKey]
    ) -> PreparedKey? {
        let message = SignedMessage(
            scheme: scheme,
            id: received.deliveryID,
            timestamp: received.timestampText,
            body: body
        )
        var checks = Self.maximumPublicKeyChecks
        return keys.first { $0.matches(received.entries, message, publicKeyChecks: &checks) }
    }
}

extension SignatureError {
    /// The error for a key that was read for a scheme that writes its secrets differently.
    static func keyForOtherScheme(_ scheme: SignatureScheme) -> SignatureError {
        SignatureError(
            .keyForOtherScheme,
            "A key was read for another kind of scheme than \(scheme.name). Read its text again for this one."
        )
    }
}
