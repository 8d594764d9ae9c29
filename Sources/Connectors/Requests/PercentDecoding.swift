/// Undoes the percent-encoding of a path component or of a query.
package enum PercentDecoding {
    /// Decodes `%XX`; returns nil when the bytes are not UTF-8.
    ///
    /// A percent sign that begins no code stands for itself.
    ///
    /// - Parameter plusIsSpace: Whether `+` is a space, as it is in a name or value of a query.
    package static func decode(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String? {
        let encoded = Array(text.utf8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(encoded.count)
        var place = 0
        while place < encoded.count {
            if let byte = code(in: encoded, at: place) {
                bytes.append(byte)
                place += 3
            } else {
                let byte = encoded[place]
                bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
                place += 1
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func code(in bytes: [UInt8], at place: Int) -> UInt8? {
        guard bytes[place] == UInt8(ascii: "%"), place + 2 < bytes.count,
            let high = Character(Unicode.Scalar(bytes[place + 1])).hexDigitValue,
            let low = Character(Unicode.Scalar(bytes[place + 2])).hexDigitValue
        else { return nil }
        return UInt8(high << 4 | low)
    }
}
