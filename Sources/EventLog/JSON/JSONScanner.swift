/// Passes over the values of a valid JSON text, byte by byte and without recursion.
struct JSONScanner {
    private let text: [UInt8]
    private let end: Int
    private var place: Int

    init(_ text: [UInt8], _ range: Range<Int>) {
        self.text = text
        place = range.lowerBound
        end = range.upperBound
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

    static func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }

    /// Passes to the next member of an object; returns where its name stands, without quotation marks, or nil after the last.
    mutating func nextName() -> Range<Int>? {
        skip { $0 != UInt8(ascii: "\"") }
        guard place < end else { return nil }
        let name = nextString()
        skip { $0 != UInt8(ascii: ":") }
        place = min(place + 1, end)
        return name.dropFirst().dropLast()
    }

    /// Passes to the next element of an array; false after the last.
    mutating func hasNextElement() -> Bool {
        skip { Self.isSpace($0) || $0 == UInt8(ascii: ",") }
        return place < end && text[place] != UInt8(ascii: "]") && text[place] != UInt8(ascii: "}")
    }

    /// Passes over a value, and returns where it stands.
    mutating func nextValue() -> Range<Int> {
        skip(while: Self.isSpace)
        let start = place
        var depth = 0
        while place < end {
            switch text[place] {
            case UInt8(ascii: "\""):
                _ = nextString()
                if depth == 0 { return start..<place }
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                place += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                guard depth > 0 else { return start..<place }
                depth -= 1
                place += 1
                if depth == 0 { return start..<place }
            case UInt8(ascii: ",") where depth == 0:
                return start..<place
            default:
                place += 1
            }
        }
        return start..<end
    }

    /// Passes over a string, and returns where it stands with its quotation marks.
    private mutating func nextString() -> Range<Int> {
        let start = place
        place += 1
        while place < end {
            let byte = text[place]
            place += byte == UInt8(ascii: "\\") ? 2 : 1
            if byte == UInt8(ascii: "\"") { break }
        }
        place = min(place, end)
        return start..<place
    }

    private mutating func skip(while isPassed: (UInt8) -> Bool) {
        while place < end, isPassed(text[place]) { place += 1 }
    }

    /// What the characters between a string's quotation marks say; nil where they are not UTF-8, and for a NUL that stands
    /// there as it is, which no JSON text has.
    ///
    /// As `hooklog.replace_characters()` has it, U+FFFD stands for an escaped NUL and for half of a surrogate pair, which
    /// PostgreSQL cannot hold.
    static func characters(_ written: ArraySlice<UInt8>) -> String? {
        guard !written.contains(0) else { return nil }
        guard written.contains(UInt8(ascii: "\\")) else { return String(validating: written, as: UTF8.self) }
        var bytes: [UInt8] = []
        var rest = written
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let escape = rest.popFirst() else {
                bytes.append(byte)
                continue
            }
            switch escape {
            case UInt8(ascii: "b"): bytes.append(0x08)
            case UInt8(ascii: "f"): bytes.append(0x0C)
            case UInt8(ascii: "n"): bytes.append(0x0A)
            case UInt8(ascii: "r"): bytes.append(0x0D)
            case UInt8(ascii: "t"): bytes.append(0x09)
            case UInt8(ascii: "u"): bytes.append(contentsOf: String(scalar(&rest)).utf8)
            default: bytes.append(escape)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// The character that the digits after `\u` stand for, with those of a surrogate pair's second half.
    private static func scalar(_ rest: inout ArraySlice<UInt8>) -> Unicode.Scalar {
        let first = codeUnit(rest)
        rest = rest.dropFirst(4)
        if let scalar = Unicode.Scalar(first), first != 0 { return scalar }
        guard UTF16.isLeadSurrogate(first), rest.starts(with: #"\u"#.utf8) else { return "\u{FFFD}" }
        let second = codeUnit(rest.dropFirst(2))
        guard UTF16.isTrailSurrogate(second) else { return "\u{FFFD}" }
        rest = rest.dropFirst(6)
        return Unicode.Scalar(0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)) ?? "\u{FFFD}"
    }

    private static func codeUnit(_ digits: ArraySlice<UInt8>) -> UInt16 {
        digits.prefix(4).reduce(0) { $0 << 4 | UInt16(Character(Unicode.Scalar($1)).hexDigitValue ?? 0) }
    }
}
