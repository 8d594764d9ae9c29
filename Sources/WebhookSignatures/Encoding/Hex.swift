/// Hexadecimal in one letter case only, so that every byte string has exactly one accepted spelling.
enum Hex {
    /// The digits in lower case.
    static let lower = Array("0123456789abcdef".utf8)
    /// The digits in upper case.
    static let upper = Array("0123456789ABCDEF".utf8)

    /// Returns the bytes the text stands for, or `nil` for an odd length or any other character.
    static func decode(_ text: ArraySlice<UInt8>, digits: [UInt8]) -> [UInt8]? {
        guard text.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 2)
        var rest = text
        while let first = rest.popFirst(), let second = rest.popFirst() {
            guard let high = digits.firstIndex(of: first), let low = digits.firstIndex(of: second) else { return nil }
            bytes.append(UInt8(high << 4 | low))
        }
        return bytes
    }

    /// Returns the spelling of the bytes.
    static func encode(_ bytes: some Sequence<UInt8>, digits: [UInt8] = lower) -> String {
        String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] }, as: UTF8.self)
    }
}
