/// A metric's name as Prometheus wants it, with its kind.
struct MetricName: Hashable, Sendable {
    /// What the numbers of a metric mean.
    enum Kind: String, Sendable {
        case counter
        case gauge
        case histogram
    }

    /// The name as the code that measures writes it.
    let label: String
    /// The name with underscores and unit.
    let text: String
    let kind: Kind

    init(_ label: String, kind: Kind, unit: String? = nil) {
        self.label = label
        self.kind = kind
        let suffix = kind == .counter ? "_total" : unit.map { "_" + $0 } ?? ""
        let name = Self.identifier(label, allowsColon: true)
        text = name.hasSuffix(suffix) ? name : name + suffix
    }

    /// The upper bounds of a histogram's buckets, by the unit that the name ends with.
    var bucketBounds: [Double] {
        if text.hasSuffix("_seconds") { return Self.secondBounds }
        return text.hasSuffix("_bytes") ? Self.byteBounds : Self.countBounds
    }

    private static let secondBounds = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
    ]
    private static let byteBounds: [Double] = [
        256, 1024, 4096, 16384, 65536, 262_144, 1_048_576, 4_194_304, 26_214_400,
    ]
    private static let countBounds: [Double] = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 4096, 16384, 65536]

    /// Replaces every byte that may not stand in a name by an underscore.
    static func identifier(_ text: String, allowsColon: Bool) -> String {
        let bytes = text.utf8.enumerated().map { index, byte -> UInt8 in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): byte
            case UInt8(ascii: "0")...UInt8(ascii: "9") where index > 0: byte
            case UInt8(ascii: ":") where allowsColon: byte
            default: UInt8(ascii: "_")
            }
        }
        return bytes.isEmpty ? "_" : String(decoding: bytes, as: UTF8.self)
    }
}
