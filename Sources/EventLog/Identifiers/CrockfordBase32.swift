/// Crockford's base32 in lower case, without check character: bytes as one big number, leading digits padded with zeros.
///
/// Decoding takes exactly what encoding writes: no upper case, no hyphens, none of the look-alikes `i`, `l`, `o`, `u`.
enum CrockfordBase32 {
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        return values
    }()

    /// The number of characters for that many bytes.
    static func length(ofBytes count: Int) -> Int { (count * 8 + 4) / 5 }

    /// Writes the bytes as text.
    static func encode(_ bytes: [UInt8]) -> String {
        let length = length(ofBytes: bytes.count)
        var digits: [UInt8] = []
        digits.reserveCapacity(length)
        var pending: UInt32 = 0
        var pendingBits = length * 5 - bytes.count * 8
        for byte in bytes {
            pending = pending << 8 | UInt32(byte)
            pendingBits += 8
            while pendingBits >= 5 {
                pendingBits -= 5
                digits.append(alphabet[Int(pending >> UInt32(pendingBits)) & 31])
            }
            pending &= 1 << UInt32(pendingBits) - 1
        }
        return String(decoding: digits, as: UTF8.self)
    }

    /// Reads the text of exactly `count` bytes; `nil` when it is anything else.
    static func decode(_ text: some Collection<UInt8>, count: Int) -> [UInt8]? {
        guard text.count == length(ofBytes: count) else { return nil }
        let padding = text.count * 5 - count * 8
        // The bits in front must be zero, else two texts would mean the same bytes.
        guard let first = text.first, values[Int(first)] >> UInt8(5 - padding) == 0 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        var pending: UInt32 = 0
        var pendingBits = -padding
        for character in text {
            let value = values[Int(character)]
            guard value < 32 else { return nil }
            pending = pending << 5 | UInt32(value)
            pendingBits += 5
            guard pendingBits >= 8 else { continue }
            pendingBits -= 8
            bytes.append(UInt8(truncatingIfNeeded: pending >> UInt32(pendingBits)))
            pending &= 1 << UInt32(pendingBits) - 1
        }
        return bytes
    }
}
