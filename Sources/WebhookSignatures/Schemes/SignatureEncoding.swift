/// How a sender writes the bytes of a signature as text.
///
/// Each encoding accepts exactly one spelling of a signature.
public enum SignatureEncoding: String, Sendable, Hashable, CaseIterable {
    /// Lower-case hexadecimal, which most senders use.
    case hex
    /// Upper-case hexadecimal.
    case uppercaseHex = "uppercase_hex"
    /// Base64 in the standard alphabet with padding.
    case base64

    func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        switch self {
        case .hex: Hex.decode(text, digits: Hex.lower)
        case .uppercaseHex: Hex.decode(text, digits: Hex.upper)
        case .base64: Base64.decode(text)
        }
    }

    func encode(_ bytes: [UInt8]) -> String {
        switch self {
        case .hex: Hex.encode(bytes)
        case .uppercaseHex: Hex.encode(bytes, digits: Hex.upper)
        case .base64: Base64.encode(bytes)
        }
    }
}
