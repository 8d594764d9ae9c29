import Crypto

extension JSONPart {
    /// The longest identifier in bytes; a longer one is known by its hash.
    private static let identifierLimit = 255

    /// A string, or a number in its one spelling; nil for anything else.
    ///
    /// 12, 12.0 and 1.2e1 are 12.
    package var scalar: String? { string ?? (isNumber ? Self.plainNumber(bytes) : nil) }

    /// A string or number as an identifier of at most 255 bytes; nil for an empty one.
    ///
    /// The same as `hooklog.document_id()`.
    package var identifier: String? {
        guard let scalar, !scalar.isEmpty else { return nil }
        guard scalar.utf8.count > Self.identifierLimit else { return scalar }
        return "sha256:" + SHA256.hash(data: Array(scalar.utf8)).hex
    }

    /// A number without exponent and without zeros that say nothing, as PostgreSQL's `trim_scale(numeric)` writes it.
    ///
    /// Nil for what `numeric` cannot hold (131 072 digits before the point, 16 383 behind it): a body with such a number is
    /// not representable.
    private static func plainNumber(_ number: ArraySlice<UInt8>) -> String? {
        let isNegative = number.first == UInt8(ascii: "-")
        let mantissa = number.dropFirst(isNegative ? 1 : 0).prefix {
            $0 != UInt8(ascii: "e") && $0 != UInt8(ascii: "E")
        }
        let pointPlace = mantissa.firstIndex(of: UInt8(ascii: ".")) ?? mantissa.endIndex
        guard mantissa.count < digitLimit, let exponent = exponent(number[mantissa.endIndex...].dropFirst()) else {
            return nil
        }
        let digits = mantissa.filter(JSONScanner.isDigit)
        let leadingZeros = digits.prefix { $0 == 0x30 }.count
        let significant = digits.dropFirst(leadingZeros).reversed().drop { $0 == 0x30 }.reversed()
        guard !significant.isEmpty else { return "0" }
        // Where the point stands, counted from before the first significant digit.
        let point = pointPlace - mantissa.startIndex - leadingZeros + exponent
        guard abs(point) < digitLimit else { return nil }
        let text = String(decoding: significant, as: UTF8.self)
        let sign = isNegative ? "-" : ""
        let count = significant.count
        if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + text }
        if point >= count { return sign + text + String(repeating: "0", count: point - count) }
        return sign + text.prefix(point) + "." + text.dropFirst(point)
    }

    private static var digitLimit: Int { 150_000 }

    /// An exponent, with its sign; 0 for none, nil for one of seven digits and more.
    private static func exponent(_ text: ArraySlice<UInt8>) -> Int? {
        let digits = text.drop { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }.drop { $0 == 0x30 }
        guard digits.count < 7 else { return nil }
        let value = digits.reduce(0) { $0 * 10 + Int($1 & 15) }
        return text.first == UInt8(ascii: "-") ? -value : value
    }
}
