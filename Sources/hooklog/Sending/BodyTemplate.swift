/// A body with places that differ from delivery to delivery.
///
/// `{{n}}` stands for the delivery's number from 1, `{{uuid}}` for a random UUID, `{{now}}` for the time in RFC 3339.
/// A `{{uuid}}` that occurs twice in one body is the same both times. Everything else, other braces too, stays as it is.
struct BodyTemplate: Sendable, Hashable {
    /// What a place stands for.
    enum Place: String, Sendable, Hashable, CaseIterable {
        case number = "{{n}}"
        case uuid = "{{uuid}}"
        case now = "{{now}}"
    }

    private enum Part: Sendable, Hashable {
        case literal([UInt8])
        case place(Place)
    }

    private let parts: [Part]
    private let literalByteCount: Int

    /// Reads a template; every sequence of bytes is one.
    init(_ bytes: [UInt8]) {
        var parts: [Part] = []
        var literal: [UInt8] = []
        var rest = bytes[...]
        while let byte = rest.first {
            if byte == UInt8(ascii: "{"),
                let place = Place.allCases.first(where: { rest.starts(with: $0.rawValue.utf8) })
            {
                if !literal.isEmpty { parts.append(.literal(literal)) }
                literal = []
                parts.append(.place(place))
                rest = rest.dropFirst(place.rawValue.utf8.count)
            } else {
                literal.append(byte)
                rest = rest.dropFirst()
            }
        }
        if !literal.isEmpty { parts.append(.literal(literal)) }
        self.parts = parts
        literalByteCount = bytes.count
    }

    /// Returns the body of one delivery.
    ///
    /// - Parameter milliseconds: The time in milliseconds since 1970.
    func body(number: Int, uuid: String, milliseconds: Int64) -> [UInt8] {
        var body: [UInt8] = []
        body.reserveCapacity(literalByteCount + 64)
        for part in parts {
            switch part {
            case .literal(let bytes): body.append(contentsOf: bytes)
            case .place(.number): body.append(contentsOf: String(number).utf8)
            case .place(.uuid): body.append(contentsOf: uuid.utf8)
            case .place(.now): body.append(contentsOf: Moment.text(milliseconds: milliseconds).utf8)
            }
        }
        return body
    }
}
