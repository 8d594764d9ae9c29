/// The text of a random UUID (version 4), made without Foundation because every delivery needs one.
struct UUIDText: Sendable, Hashable {
    /// The 36 characters.
    let bytes: [UInt8]

    /// Makes a UUID.
    init(using generator: inout some RandomNumberGenerator) {
        let high = generator.next() & ~0xF000 | 0x4000
        let low = generator.next() & ~(0b11 << 62) | (0b10 << 62)
        bytes = [UInt8](unsafeUninitializedCapacity: 36) { buffer, count in
            count = 0
            for digit in 0..<32 {
                if digit >= 8, digit <= 20, digit % 4 == 0 {
                    buffer[count] = UInt8(ascii: "-")
                    count += 1
                }
                let half = digit < 16 ? high : low
                buffer[count] = Self.digits[Int(half >> UInt64(60 - digit % 16 * 4) & 0xF)]
                count += 1
            }
        }
    }

    /// The characters as a string.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    private static let digits = Array("0123456789abcdef".utf8)
}
