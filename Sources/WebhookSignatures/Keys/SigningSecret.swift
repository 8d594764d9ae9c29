import Crypto

/// A secret that a sender signs with.
///
/// Its descriptions and mirror never show the secret; only ``text`` does.
public struct SigningSecret: Sendable {
    /// The secret as it is given to receivers (`whsec_…`, plain text) or kept by the sender (`whsk_…`).
    public let text: String
    /// What is unwise about the secret; empty for a private key.
    public let warnings: [SecretWarning]

    let material: Material
    let format: KeyFormat

    /// The key by kind.
    enum Material: Sendable {
        case shared(SymmetricKey)
        case privateKey(Curve25519.Signing.PrivateKey)
    }

    /// Reads a secret as the scheme's senders write it.
    ///
    /// For Standard Webhooks that is `whsec_` and the base64 of 24 to 64 bytes (prefix and padding may be missing), or
    /// `whsk_` and an Ed25519 seed with its public key. For every other scheme it is any text of at least one byte.
    ///
    /// - Parameter allowsShortSecret: Takes a Standard Webhooks secret of 1 to 23 bytes too, with a warning.
    /// - Throws: A code about the secret; `wrong_key_kind` for a `whpk_` key, which cannot sign.
    public init(
        _ text: String,
        for scheme: SignatureScheme,
        allowsShortSecret: Bool = false
    ) throws(SignatureError) {
        let material = try KeyMaterial(text, format: scheme.keyFormat, allowsShort: allowsShortSecret)
        switch material {
        case .shared(let key):
            self.material = .shared(key)
        case .privateKey(let key):
            self.material = .privateKey(key)
        case .publicKey:
            throw SignatureError(
                .wrongKeyKind,
                "A whpk_ key is public and cannot sign. Give the whsk_ key or a whsec_ secret."
            )
        }
        self.text = text
        self.format = scheme.keyFormat
        self.warnings = material.warnings(text: text, format: scheme.keyFormat)
    }

    /// The public key as `whpk_` text for receivers, when this is a private key.
    public var publicKeyText: String? {
        guard case .privateKey(let key) = material else { return nil }
        return "whpk_" + Base64.encode(key.publicKey.rawRepresentation)
    }

    /// Returns the key with which receivers check what this secret signs.
    public func verificationKey(
        id: KeyID,
        for scheme: SignatureScheme,
        notBefore: Int64? = nil,
        expiresAt: Int64? = nil
    ) throws(SignatureError) -> VerificationKey {
        try VerificationKey(
            publicKeyText ?? text,
            id: id,
            for: scheme,
            notBefore: notBefore,
            expiresAt: expiresAt,
            allowsShortSecret: true
        )
    }
}

extension SigningSecret {
    /// Makes a new secret of 32 random bytes: `whsec_` and base64 for Standard Webhooks, else 64 lower-case hex digits.
    ///
    /// The generator must be cryptographically secure; `SystemRandomNumberGenerator` is.
    public static func generate(
        for scheme: SignatureScheme,
        using generator: inout some RandomNumberGenerator
    ) throws(SignatureError) -> SigningSecret {
        try SigningSecret(random: randomBytes(using: &generator), for: scheme)
    }

    /// Makes a new secret as ``generate(for:using:)`` does, from the system's generator.
    public static func generate(for scheme: SignatureScheme) throws(SignatureError) -> SigningSecret {
        try SigningSecret(random: (0..<32).map { _ in UInt8.random(in: .min ... .max) }, for: scheme)
    }

    private init(random bytes: [UInt8], for scheme: SignatureScheme) throws(SignatureError) {
        switch scheme.keyFormat {
        case .standardWebhooks: try self.init("whsec_" + Base64.encode(bytes), for: scheme)
        case .text: try self.init(Hex.encode(bytes), for: scheme)
        }
    }

    /// Makes a new Ed25519 key pair for Standard Webhooks: ``text`` is `whsk_…`, ``publicKeyText`` is `whpk_…`.
    ///
    /// The generator must be cryptographically secure; `SystemRandomNumberGenerator` is.
    public static func generateKeyPair(
        using generator: inout some RandomNumberGenerator
    ) throws(SignatureError) -> SigningSecret {
        let seed = randomBytes(using: &generator)
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
            throw SignatureError(.malformedSecret, "The random seed of the key pair was not accepted. Try again.")
        }
        return try SigningSecret(
            "whsk_" + Base64.encode(seed + key.publicKey.rawRepresentation),
            for: .standardWebhooks
        )
    }

    private static func randomBytes(using generator: inout some RandomNumberGenerator) -> [UInt8] {
        (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}

extension SigningSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The type's name.
    public var description: String { "SigningSecret(redacted)" }
    /// The type's name.
    public var debugDescription: String { description }
    /// A mirror without the secret.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
