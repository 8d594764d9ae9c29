/// Reads one JSON text as RFC 8259 has it: nothing before or after, no lone surrogates, no more than 128 levels deep.
package struct JSONReader<Value: JSONRepresentable> {
    private static var deepest: Int { 128 }

    private let bytes: [UInt8]
    private var place = 0

    /// Reads a whole text; throws when it is anything but one value in UTF-8.
    package static func read(_ bytes: [UInt8]) throws(JSONSyntaxError) -> Value {
        guard String(validating: bytes, as: UTF8.self) != nil else { throw JSONSyntaxError() }
        var reader = JSONReader(bytes: bytes)
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.place == bytes.count else { throw JSONSyntaxError() }
        return value
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func skipSpace() {
        while let next, next == 0x20 || next == 0x0A || next == 0x0D || next == 0x09 { place += 1 }
    }

    /// Passes a character if it is the next one.
    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(JSONSyntaxError) {
        guard skip(character) else { throw JSONSyntaxError() }
    }

    private mutating func value(depth: Int) throws(JSONSyntaxError) -> Value {
        guard depth < Self.deepest else { throw JSONSyntaxError() }
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return .object(members: try object(depth: depth))
        case UInt8(ascii: "["): return .array(try array(depth: depth))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .boolean(true))
        case UInt8(ascii: "f"): return try word("false", .boolean(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func object(depth: Int) throws(JSONSyntaxError) -> [(name: String, value: Value)] {
        try expect("{")
        var members: [(name: String, value: Value)] = []
        skipSpace()
        if skip("}") { return members }
        repeat {
            skipSpace()
            let name = try string()
            skipSpace()
            try expect(":")
            members.append((name, try value(depth: depth + 1)))
            skipSpace()
        } while skip(",")
        try expect("}")
        return members
    }

    private mutating func array(depth: Int) throws(JSONSyntaxError) -> [Value] {
        try expect("[")
        var elements: [Value] = []
        skipSpace()
        if skip("]") { return elements }
        repeat {
            elements.append(try value(depth: depth + 1))
            skipSpace()
        } while skip(",")
        try expect("]")
        return elements
    }

    private mutating func word(_ word: String, _ value: Value) throws(JSONSyntaxError) -> Value {
        guard bytes[place...].starts(with: word.utf8) else { throw JSONSyntaxError() }
        place += word.utf8.count
        return value
    }

    private mutating func number() throws(JSONSyntaxError) -> String {
        let start = place
        _ = skip("-")
        if !skip("0") { try digits() }
        if skip(".") { try digits() }
        if skip("e") || skip("E") {
            if !skip("+") { _ = skip("-") }
            try digits()
        }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private mutating func digits() throws(JSONSyntaxError) {
        let start = place
        while let next, (0x30...0x39).contains(next) { place += 1 }
        guard place > start else { throw JSONSyntaxError() }
    }

    private mutating func string() throws(JSONSyntaxError) -> String {
        try expect("\"")
        var text: [UInt8] = []
        while let byte = next {
            place += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text.append(contentsOf: String(try escaped()).utf8)
            case 0..<0x20: throw JSONSyntaxError()
            default: text.append(byte)
            }
        }
        throw JSONSyntaxError()
    }

    /// The character that an escape stands for, after its backslash.
    private mutating func escaped() throws(JSONSyntaxError) -> Unicode.Scalar {
        guard let byte = next else { throw JSONSyntaxError() }
        place += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw JSONSyntaxError()
        }
    }

    private mutating func unicodeEscape() throws(JSONSyntaxError) -> Unicode.Scalar {
        let first = try codeUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard UTF16.isLeadSurrogate(first) else { throw JSONSyntaxError() }
        try expect("\\")
        try expect("u")
        let second = try codeUnit()
        guard UTF16.isTrailSurrogate(second) else { throw JSONSyntaxError() }
        let value = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
        guard let scalar = Unicode.Scalar(value) else { throw JSONSyntaxError() }
        return scalar
    }

    private mutating func codeUnit() throws(JSONSyntaxError) -> UInt16 {
        let digits = bytes[place...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw JSONSyntaxError() }
        place += 4
        return unit
    }
}
