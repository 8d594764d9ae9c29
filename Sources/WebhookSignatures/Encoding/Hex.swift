/// Hexadecimal in one letter case only, so that every byte string has exactly one accepted spelling.
enum Hex {
    /// Which letters stand for ten to fifteen.
    enum LetterCase {
        case lower
        case upper

        fileprivate var ten: UInt8 {
            switch self {
            case .lower: UInt8(ascii: "a")
            case .upper: UInt8(ascii: "A")
            }
        }
    }

    /// Returns the bytes the text stands for, or `nil` for an odd length or any other character.
    static func decode(_ text: ArraySlice<UInt8>, letters: LetterCase = .lower) -> [UInt8]? {
        guard text.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 2)
        var high: UInt8?
        for digit in text {
            guard let value = value(digit, letters) else { return nil }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return bytes
    }

    /// Returns the spelling of the bytes.
    static func encode(_ bytes: some Sequence<UInt8>, letters: LetterCase = .lower) -> String {
        let text = bytes.flatMap { [character($0 >> 4, letters), character($0 & 0xF, letters)] }
        return String(decoding: text, as: UTF8.self)
    }

    private static func value(_ digit: UInt8, _ letters: LetterCase) -> UInt8? {
        if ASCII.isDigit(digit) {
            return digit - UInt8(ascii: "0")
        }
        guard letters.ten..<letters.ten + 6 ~= digit else { return nil }
        return digit - letters.ten + 10
    }

    private static func character(_ value: UInt8, _ letters: LetterCase) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : letters.ten + value - 10
    }
}
