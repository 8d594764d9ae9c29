/// A hash function under HMAC.
public enum HMACAlgorithm: String, Sendable, Hashable, CaseIterable {
    /// HMAC-SHA1: still sound as a MAC, but only for senders that offer nothing newer.
    case sha1
    /// HMAC-SHA256.
    case sha256
    /// HMAC-SHA512.
    case sha512

    /// The size of a code in bytes.
    var byteCount: Int {
        switch self {
        case .sha1: 20
        case .sha256: 32
        case .sha512: 64
        }
    }
}
