extension JSONPart {
    /// The most opening brackets of a plain text.
    private static let bracketLimit = 128

    /// Whether a text surely has neither a number with an exponent of three digits nor more than 128 levels.
    ///
    /// The log keeps no payload with such an exponent beyond 400 or with more levels; what is plain PostgreSQL need not search
    /// for them, see `hooklog.parse_bodies()`. A text that is not plain may be harmless: brackets in strings count too.
    package static func isPlain(_ text: [UInt8]) -> Bool {
        var brackets = 0
        for place in text.indices {
            switch text[place] {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                brackets += 1
                if brackets > bracketLimit { return false }
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                if hasLongExponent(text, at: place) { return false }
            default:
                break
            }
        }
        return true
    }

    /// Whether the letter before an exponent of three digits and more stands there, in what can be a number.
    ///
    /// In one of four UUIDs digits merely look like one; but a number begins the text or follows a space, colon, comma or bracket.
    private static func hasLongExponent(_ text: [UInt8], at place: Int) -> Bool {
        var exponent = text[(place + 1)...].prefix(4)
        if exponent.first == UInt8(ascii: "+") || exponent.first == UInt8(ascii: "-") { exponent.removeFirst() }
        guard exponent.prefix(3).count(where: JSONScanner.isDigit) == 3 else { return false }
        var start = place
        while start > 0, JSONScanner.isDigit(text[start - 1]) || text[start - 1] == UInt8(ascii: ".") { start -= 1 }
        guard start < place else { return false }
        if start > 0, text[start - 1] == UInt8(ascii: "-") { start -= 1 }
        guard start > 0 else { return true }
        return switch text[start - 1] {
        case UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: "["): true
        case let byte: JSONScanner.isSpace(byte)
        }
    }
}
