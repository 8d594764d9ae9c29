/// What an Ed25519 public key's 32 bytes say before any of it is used: the little-endian y, and the sign of x on top.
///
/// On eight points of the curve a multiple of the key vanishes: a signature that anyone can write down is then good for
/// one message in eight at least, and cryptographic libraries say so, for RFC 8032 does not forbid such keys.
struct EdwardsPoint {
    /// The y of the eight points of small order, for either sign of x.
    private static let smallOrders: [[UInt8]] = [
        [UInt8](repeating: 0, count: 32),
        [1] + [UInt8](repeating: 0, count: 31),
        [0xEC] + [UInt8](repeating: 0xFF, count: 30) + [0x7F],
        [
            0x26, 0xE8, 0x95, 0x8F, 0xC2, 0xB2, 0x27, 0xB0, 0x45, 0xC3, 0xF4, 0x89, 0xF2, 0xEF, 0x98, 0xF0,
            0xD5, 0xDF, 0xAC, 0x05, 0xD3, 0xC6, 0x33, 0x39, 0xB1, 0x38, 0x02, 0x88, 0x6D, 0x53, 0xFC, 0x05,
        ],
        [
            0xC7, 0x17, 0x6A, 0x70, 0x3D, 0x4D, 0xD8, 0x4F, 0xBA, 0x3C, 0x0B, 0x76, 0x0D, 0x10, 0x67, 0x0F,
            0x2A, 0x20, 0x53, 0xFA, 0x2C, 0x39, 0xCC, 0xC6, 0x4E, 0xC7, 0xFD, 0x77, 0x92, 0xAC, 0x03, 0x7A,
        ],
    ]

    private let y: [UInt8]

    /// Takes the 32 bytes of a key.
    init(_ bytes: [UInt8]) {
        y = bytes.dropLast() + bytes.suffix(1).map { $0 & 0x7F }
    }

    /// Whether some multiple of the point, of at most eight, is the neutral point.
    var isOfSmallOrder: Bool { Self.smallOrders.contains(y) }

    /// Whether y is below 2²⁵⁵ − 19, as every key is written.
    ///
    /// Libraries take what is beyond modulo that number, so that points of small order have further spellings.
    var isCanonical: Bool {
        guard let first = y.first, let last = y.last else { return false }
        return first < 0xED || last < 0x7F || y[1...].dropLast().contains { $0 < 0xFF }
    }
}
