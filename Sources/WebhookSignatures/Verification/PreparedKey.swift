import Crypto

/// A verification key with the part of its work done that no delivery changes.
struct PreparedKey: Sendable {
    let key: VerificationKey
    private let check: Check

    private enum Check {
        case sha1(HMAC<Insecure.SHA1>)
        case sha256(HMAC<SHA256>)
        case sha512(HMAC<SHA512>)
        case publicKey(Curve25519.Signing.PublicKey)
    }

    init(_ key: VerificationKey, algorithm: HMACAlgorithm) {
        self.key = key
        self.check =
            switch (key.material, algorithm) {
            case (.publicKey(let publicKey), _): .publicKey(publicKey)
            case (.shared(let secret), .sha1): .sha1(HMAC(key: secret))
            case (.shared(let secret), .sha256): .sha256(HMAC(key: secret))
            case (.shared(let secret), .sha512): .sha512(HMAC(key: secret))
            }
    }

    /// Returns whether any candidate of this key's kind is the message's signature.
    ///
    /// - Parameter publicKeyChecks: How many more Ed25519 signatures may be checked for this delivery.
    func matches(_ entries: SignatureEntries, _ message: SignedMessage, publicKeyChecks: inout Int) -> Bool {
        switch check {
        case .sha1(let mac): return message.code(mac, equalsAnyOf: entries.codes)
        case .sha256(let mac): return message.code(mac, equalsAnyOf: entries.codes)
        case .sha512(let mac): return message.code(mac, equalsAnyOf: entries.codes)
        case .publicKey(let publicKey):
            let candidates = entries.publicKeySignatures.prefix(publicKeyChecks)
            publicKeyChecks -= candidates.count
            guard !candidates.isEmpty else { return false }
            let bytes = message.bytes
            return candidates.contains { publicKey.isValidSignature($0, for: bytes) }
        }
    }
}

extension PreparedKey: CustomReflectable {
    /// A mirror without the prepared state, which is as good as the key.
    var customMirror: Mirror { Mirror(self, children: ["id": key.id]) }
}
