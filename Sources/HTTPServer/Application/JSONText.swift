/// Builds JSON text byte by byte, for answers and headers on the way of every delivery.
struct JSONText {
    private(set) var bytes: [UInt8] = []

    /// The text so far.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    init(capacity: Int = 256) {
        bytes.reserveCapacity(capacity)
    }

    /// Appends JSON as it stands.
    mutating func append(_ json: StaticString) {
        json.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Appends a string between quotation marks, with control characters dropped.
    mutating func append(string: some StringProtocol) {
        bytes.append(UInt8(ascii: "\""))
        for byte in string.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20, 0x7F:
                continue
            default:
                bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
