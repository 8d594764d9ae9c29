import Crypto

/// The key inside a secret's text.
///
/// The cases keep the kinds apart for good: a public key never becomes the key of an HMAC.
enum KeyMaterial: Sendable {
    case shared(SymmetricKey)
    case publicKey(Curve25519.Signing.PublicKey)
    case privateKey(Curve25519.Signing.PrivateKey)

    /// The length of a Standard Webhooks secret in bytes.
    static let standardByteCounts = 24...64
    /// The length from which on a text secret carries no warning.
    static let recommendedTextByteCount = 16

    /// Reads a secret's text as the scheme's senders write it.
    ///
    /// - Parameter allowsShort: Takes a Standard Webhooks secret of 1 to 23 bytes too.
    init(_ text: String, format: KeyFormat, allowsShort: Bool) throws(SignatureError) {
        guard !text.isEmpty else { throw .emptySecret }
        switch format {
        case .text: self = .shared(SymmetricKey(data: Array(text.utf8)))
        case .standardWebhooks: try self.init(standardWebhooks: text, allowsShort: allowsShort)
        }
    }

    /// What is unwise about the key, whose text was read in this format.
    func warnings(text: String, format: KeyFormat) -> [SecretWarning] {
        guard case .shared(let key) = self else { return [] }
        let byteCount = key.bitCount / 8
        let isText = format == .text
        let recommended = isText ? Self.recommendedTextByteCount : Self.standardByteCounts.lowerBound
        let ends = [text.utf8.first, text.utf8.last].compactMap(\.self)
        return (byteCount < recommended ? [.short(byteCount: byteCount, recommended: recommended)] : [])
            + (isText && ends.contains(where: ASCII.isWhitespace) ? [.surroundingWhitespace] : [])
    }

    private init(standardWebhooks text: String, allowsShort: Bool) throws(SignatureError) {
        if let digits = Self.removePrefix("whpk_", from: text) {
            self = .publicKey(try Self.publicKey(Self.decode(digits)))
        } else if let digits = Self.removePrefix("whsk_", from: text) {
            self = .privateKey(try Self.privateKey(Self.decode(digits)))
        } else {
            let bytes = try Self.decode(Self.removePrefix("whsec_", from: text) ?? text.utf8[...])
            let minimum = allowsShort ? 1 : Self.standardByteCounts.lowerBound
            guard bytes.count >= minimum else { throw .tooShort(bytes.count, minimum: minimum) }
            guard bytes.count <= Self.standardByteCounts.upperBound else { throw .tooLong(bytes.count) }
            self = .shared(SymmetricKey(data: bytes))
        }
    }

    private static func removePrefix(_ prefix: String, from text: String) -> Substring.UTF8View? {
        guard text.utf8.starts(with: prefix.utf8) else { return nil }
        return text.utf8.dropFirst(prefix.utf8.count)
    }

    private static func decode(_ digits: Substring.UTF8View) throws(SignatureError) -> [UInt8] {
        guard !digits.isEmpty else { throw .emptySecret }
        guard let bytes = Base64.decode(Array(digits)[...], allowsNoPadding: true) else {
            throw SignatureError(
                .malformedSecret,
                "The secret is not whsec_, whpk_ or whsk_ followed by base64. Copy it again, without spaces."
            )
        }
        return bytes
    }

    private static func publicKey(_ bytes: [UInt8]) throws(SignatureError) -> Curve25519.Signing.PublicKey {
        guard bytes.count == 32, let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else {
            throw SignatureError(.malformedSecret, "A whpk_ key has 32 bytes but this one has \(bytes.count).")
        }
        let point = EdwardsPoint(bytes)
        guard point.isCanonical, !point.isOfSmallOrder else { throw .forgeableKey }
        return key
    }

    /// Reads a 64-byte private key: the seed, then the public key that belongs to it.
    private static func privateKey(_ bytes: [UInt8]) throws(SignatureError) -> Curve25519.Signing.PrivateKey {
        guard bytes.count == 64, let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes[..<32]) else {
            throw SignatureError(
                .malformedSecret,
                "A whsk_ key has 64 bytes, seed and public key, but this one has \(bytes.count)."
            )
        }
        guard Array(key.publicKey.rawRepresentation) == Array(bytes[32...]) else {
            throw SignatureError(
                .mismatchedKeyPair,
                "The public half of the whsk_ key does not belong to its seed. Copy the key again."
            )
        }
        return key
    }
}

extension SignatureError {
    fileprivate static let emptySecret = SignatureError(
        .emptySecret,
        "The secret is empty, so anyone could sign. Give the sender's secret."
    )

    fileprivate static let forgeableKey = SignatureError(
        .forgeableKey,
        "The whpk_ key is a point of small order, or is not written as keys are, so anyone could sign."
            + " Ask the sender for its public key."
    )

    fileprivate static func tooShort(_ byteCount: Int, minimum: Int) -> SignatureError {
        SignatureError(
            .secretTooShort,
            "The secret decodes to \(byteCount) bytes but needs \(minimum) or more."
                + " Allow short secrets if the sender gave it to you like this."
        )
    }

    fileprivate static func tooLong(_ byteCount: Int) -> SignatureError {
        SignatureError(
            .secretTooLong,
            "The secret decodes to \(byteCount) bytes but may have \(KeyMaterial.standardByteCounts.upperBound)."
        )
    }
}
