import Crypto

/// A key that a receiver accepts signatures of, with the time in which it does.
///
/// Its descriptions and mirror never show the key.
public struct VerificationKey: Sendable {
    /// The name under which a match is reported.
    public let id: KeyID
    /// The Unix second from which on the key counts; `nil` means always.
    public let notBefore: Int64?
    /// The Unix second from which on the key no longer counts; `nil` means never.
    public let expiresAt: Int64?
    /// What is unwise about the secret; empty for a public key.
    public let warnings: [SecretWarning]

    let material: Material
    let format: KeyFormat

    /// The key by kind; there is no way from one kind to the other.
    enum Material: Sendable {
        case shared(SymmetricKey)
        case publicKey(Curve25519.Signing.PublicKey)
    }

    /// Reads the text that the sender shows its receivers.
    ///
    /// For Standard Webhooks that is `whsec_` and the base64 of 24 to 64 bytes (prefix and padding may be missing), or
    /// `whpk_` and an Ed25519 public key. For every other scheme it is any text of at least one byte, taken as it
    /// stands.
    ///
    /// - Parameter allowsShortSecret: Takes a Standard Webhooks secret of 1 to 23 bytes too, with a warning.
    /// - Throws: A code about the secret; `wrong_key_kind` for a `whsk_` key, which only the sender should hold.
    public init(
        _ text: String,
        id: KeyID,
        for scheme: SignatureScheme,
        notBefore: Int64? = nil,
        expiresAt: Int64? = nil,
        allowsShortSecret: Bool = false
    ) throws(SignatureError) {
        let material = try KeyMaterial(text, format: scheme.keyFormat, allowsShort: allowsShortSecret)
        switch material {
        case .shared(let key):
            self.material = .shared(key)
        case .publicKey(let key):
            self.material = .publicKey(key)
        case .privateKey:
            throw SignatureError(
                .wrongKeyKind,
                "A whsk_ key is for signing. Verify with the whpk_ public key that belongs to it."
            )
        }
        self.id = id
        self.notBefore = notBefore
        self.expiresAt = expiresAt
        self.format = scheme.keyFormat
        self.warnings = material.warnings(text: text, format: scheme.keyFormat)
    }

    /// Returns whether the key counts at a Unix second.
    public func isActive(at now: Int64) -> Bool {
        (notBefore ?? .min) <= now && (expiresAt.map { now < $0 } ?? true)
    }
}

extension VerificationKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The key's id.
    public var description: String { "VerificationKey(\(id))" }
    /// The key's id.
    public var debugDescription: String { description }
    /// A mirror without the key.
    public var customMirror: Mirror {
        Mirror(self, children: ["id": id, "notBefore": notBefore as Any, "expiresAt": expiresAt as Any])
    }
}
