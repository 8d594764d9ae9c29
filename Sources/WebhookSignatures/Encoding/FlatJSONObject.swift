/// A reader of exactly one JSON form: one object whose members are all strings, with no name twice.
///
/// It serves schemes that sign the values of a body instead of its bytes. Anything that two JSON readers could take
/// differently is refused: more than `maximumByteCount` bytes, ill-formed UTF-8, a byte order mark, lone surrogates,
/// repeated names (compared after unescaping, byte by byte), values that are no strings, an empty object, and
/// whatever stands after the object.
struct FlatJSONObject {
    /// The largest body that is read, in bytes.
    static let maximumByteCount = 4096

    private let bytes: [UInt8]
    private var position = 0

    /// Returns the UTF-8 of all values joined in order, or `nil` when the body has any other form.
    static func joinedValues(of body: UnsafeRawBufferPointer) -> [UInt8]? {
        guard body.count <= maximumByteCount, String(validating: body, as: UTF8.self) != nil else { return nil }
        var reader = FlatJSONObject(bytes: Array(body))
        return reader.readObject()
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private mutating func readObject() -> [UInt8]? {
        var names: Set<[UInt8]> = []
        var values: [UInt8] = []
        guard take(UInt8(ascii: "{")) else { return nil }
        repeat {
            guard let (name, value) = readMember(), names.insert(name).inserted else { return nil }
            values += value
        } while take(ASCII.comma)
        guard take(UInt8(ascii: "}")) else { return nil }
        skipWhitespace()
        return position == bytes.count ? values : nil
    }

    private mutating func readMember() -> (name: [UInt8], value: [UInt8])? {
        guard let name = readString(), take(UInt8(ascii: ":")), let value = readString() else { return nil }
        return (name, value)
    }

    private mutating func readString() -> [UInt8]? {
        guard take(UInt8(ascii: "\"")) else { return nil }
        var text: [UInt8] = []
        while let byte = next() {
            switch byte {
            case UInt8(ascii: "\""):
                return text
            case UInt8(ascii: "\\"):
                guard let scalar = readEscape() else { return nil }
                text += String(scalar).utf8
            case 0..<0x20:
                return nil
            default:
                text.append(byte)
            }
        }
        return nil
    }

    private mutating func readEscape() -> Unicode.Scalar? {
        switch next() {
        case UInt8(ascii: "\""): "\""
        case UInt8(ascii: "\\"): "\\"
        case UInt8(ascii: "/"): "/"
        case UInt8(ascii: "b"): "\u{8}"
        case UInt8(ascii: "f"): "\u{C}"
        case UInt8(ascii: "n"): "\n"
        case UInt8(ascii: "r"): "\r"
        case UInt8(ascii: "t"): "\t"
        case UInt8(ascii: "u"): readUnicodeEscape()
        default: nil
        }
    }

    private mutating func readUnicodeEscape() -> Unicode.Scalar? {
        guard let first = readCodeUnit() else { return nil }
        guard 0xD800...0xDBFF ~= first else { return Unicode.Scalar(first) }
        guard next() == UInt8(ascii: "\\"), next() == UInt8(ascii: "u"), let second = readCodeUnit(),
            0xDC00...0xDFFF ~= second
        else { return nil }
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    }

    private mutating func readCodeUnit() -> UInt32? {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
            unit = unit << 4 | UInt32(digit)
        }
        return unit
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipWhitespace()
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func next() -> UInt8? {
        guard position < bytes.count else { return nil }
        defer { position += 1 }
        return bytes[position]
    }

    private mutating func skipWhitespace() {
        while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
            position += 1
        }
    }
}
