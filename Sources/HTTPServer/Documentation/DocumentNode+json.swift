extension DocumentNode {
    /// Reads a JSON text; nil when it is not one, or is nested more than 200 levels deep.
    package init?(json: String) {
        var reader = JSONReader(bytes: Array(json.utf8))
        guard let value = reader.value(depth: 0), reader.isAtEnd else { return nil }
        self = value
    }
}

/// Reads JSON from its bytes.
private struct JSONReader {
    private static let deepest = 200

    let bytes: [UInt8]
    private var place = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    /// Tells whether only white space is left.
    var isAtEnd: Bool {
        mutating get {
            skipSpace()
            return next == nil
        }
    }

    /// Reads a value; nil for anything else.
    mutating func value(depth: Int) -> DocumentNode? {
        skipSpace()
        guard depth < Self.deepest, let next else { return nil }
        switch next {
        case UInt8(ascii: "{"): return object(depth: depth)
        case UInt8(ascii: "["): return array(depth: depth)
        case UInt8(ascii: "\""): return string().map { .string($0) }
        case UInt8(ascii: "t"): return skip(word: "true") ? .bool(true) : nil
        case UInt8(ascii: "f"): return skip(word: "false") ? .bool(false) : nil
        case UInt8(ascii: "n"): return skip(word: "null") ? .null : nil
        default: return number()
        }
    }

    private mutating func object(depth: Int) -> DocumentNode? {
        var members: [DocumentNode.Member] = []
        place += 1
        guard !skip("}") else { return .object([]) }
        repeat {
            skipSpace()
            guard let name = string(), skip(":"), let value = value(depth: depth + 1) else { return nil }
            members.append(DocumentNode.Member(name: name, value: value))
        } while skip(",")
        return skip("}") ? .object(members) : nil
    }

    private mutating func array(depth: Int) -> DocumentNode? {
        var elements: [DocumentNode] = []
        place += 1
        guard !skip("]") else { return .array([]) }
        repeat {
            guard let value = value(depth: depth + 1) else { return nil }
            elements.append(value)
        } while skip(",")
        return skip("]") ? .array(elements) : nil
    }

    private mutating func string() -> String? {
        guard next == UInt8(ascii: "\"") else { return nil }
        place += 1
        var text: [UInt8] = []
        while let byte = next, byte != UInt8(ascii: "\"") {
            place += 1
            if byte == UInt8(ascii: "\\") {
                guard let scalar = escaped() else { return nil }
                text.append(contentsOf: String(Character(scalar)).utf8)
            } else {
                guard byte >= 0x20 else { return nil }
                text.append(byte)
            }
        }
        guard next != nil else { return nil }
        place += 1
        return String(validating: text, as: UTF8.self)
    }

    private mutating func escaped() -> Unicode.Scalar? {
        guard let byte = next else { return nil }
        place += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return codePoint()
        default: return nil
        }
    }

    /// Reads four hexadecimal digits, and the second half of a pair.
    private mutating func codePoint() -> Unicode.Scalar? {
        guard let high = hexadecimal() else { return nil }
        guard (0xD800..<0xDC00).contains(high) else { return Unicode.Scalar(high) }
        guard skip(word: "\\u"), let low = hexadecimal(), (0xDC00..<0xE000).contains(low) else { return nil }
        return Unicode.Scalar(0x1_0000 + (high - 0xD800) << 10 + (low - 0xDC00))
    }

    private mutating func hexadecimal() -> UInt32? {
        guard place + 4 <= bytes.count,
            bytes[place..<place + 4].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit })
        else { return nil }
        defer { place += 4 }
        return UInt32(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
    }

    private mutating func number() -> DocumentNode? {
        let start = place
        while let byte = next, (0x30...0x39).contains(byte) || Array("+-.eE".utf8).contains(byte) { place += 1 }
        let spelling = String(decoding: bytes[start..<place], as: UTF8.self)
        guard let first = spelling.utf8.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "."),
            Double(spelling) != nil
        else { return nil }
        return .number(spelling)
    }

    private mutating func skipSpace() {
        while let byte = next, [0x20, 0x0A, 0x0D, 0x09].contains(byte) { place += 1 }
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard next == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    private mutating func skip(word: String) -> Bool {
        guard bytes[place...].starts(with: word.utf8) else { return false }
        place += word.utf8.count
        return true
    }
}
