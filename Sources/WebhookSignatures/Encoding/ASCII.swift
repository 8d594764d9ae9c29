/// Byte classes of the header and secret grammars.
enum ASCII {
    static let space = UInt8(ascii: " ")
    static let comma = UInt8(ascii: ",")
    static let dot = UInt8(ascii: ".")
    static let equals = UInt8(ascii: "=")

    /// Returns the byte with A to Z mapped to a to z.
    static func lowercased(_ byte: UInt8) -> UInt8 {
        isUppercaseLetter(byte) ? byte | 0x20 : byte
    }

    /// Returns the text with A to Z mapped to a to z and every other character kept.
    static func lowercased(_ text: String) -> String {
        String(decoding: text.utf8.map(lowercased), as: UTF8.self)
    }

    /// Returns whether the byte is `0` to `9`.
    static func isDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }

    /// Returns whether the byte prints without being a space: `!` to `~`.
    static func isVisible(_ byte: UInt8) -> Bool {
        0x21...0x7E ~= byte
    }

    /// Returns whether the byte may stand in a header name (RFC 9110 `tchar`).
    static func isHeaderNameByte(_ byte: UInt8) -> Bool {
        isDigit(byte) || isUppercaseLetter(byte) || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
            || "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }

    /// Returns whether the byte is white space that a pasted text may carry at its ends.
    static func isWhitespace(_ byte: UInt8) -> Bool {
        byte == space || 0x09...0x0D ~= byte
    }

    private static func isUppercaseLetter(_ byte: UInt8) -> Bool {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
    }
}
