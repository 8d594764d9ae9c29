/// Canonical base64 (RFC 4648, standard alphabet): every byte string has exactly one accepted spelling.
///
/// Line breaks, white space, the URL-safe alphabet and non-zero trailing bits are refused.
enum Base64 {
    /// Whether the `=` at the end may be left out.
    enum Padding {
        case required
        case optional
    }

    /// Returns the bytes the text stands for, or `nil` when it is not canonical.
    static func decode(_ text: ArraySlice<UInt8>, padding: Padding = .required) -> [UInt8]? {
        var digits = text
        while digits.last == ASCII.equals, text.count - digits.count < 2 {
            digits.removeLast()
        }
        let isPadded = digits.count < text.count
        guard (!isPadded && padding == .optional) || text.count.isMultiple(of: 4) else { return nil }
        guard digits.count % 4 != 1 else { return nil }
        return decodeDigits(digits)
    }

    /// Returns the padded spelling of the bytes.
    static func encode(_ bytes: some Collection<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var buffer: UInt32 = 0
        var bitCount = 0
        for byte in bytes {
            buffer = buffer << 8 | UInt32(byte)
            bitCount += 8
            while bitCount >= 6 {
                bitCount -= 6
                text.append(character(UInt8(buffer >> bitCount & 0x3F)))
            }
        }
        if bitCount > 0 {
            text.append(character(UInt8(buffer << (6 - bitCount) & 0x3F)))
        }
        while !text.count.isMultiple(of: 4) {
            text.append(ASCII.equals)
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func decodeDigits(_ digits: ArraySlice<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count * 3 / 4)
        var buffer: UInt32 = 0
        var bitCount = 0
        for digit in digits {
            guard let value = value(digit) else { return nil }
            buffer = buffer << 6 | UInt32(value)
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> bitCount))
            }
            buffer &= (1 << bitCount) - 1
        }
        return buffer == 0 ? bytes : nil
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): digit - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }

    private static func character(_ value: UInt8) -> UInt8 {
        switch value {
        case 0..<26: value + UInt8(ascii: "A")
        case 26..<52: value - 26 + UInt8(ascii: "a")
        case 52..<62: value - 52 + UInt8(ascii: "0")
        case 62: UInt8(ascii: "+")
        default: UInt8(ascii: "/")
        }
    }
}
