/// A body with places that differ from delivery to delivery.
///
/// `{{n}}` stands for the delivery's number from 1, `{{uuid}}` for a random UUID, `{{now}}` for the time in RFC 3339.
/// A `{{uuid}}` that occurs twice in one body is the same both times. Everything else, other braces too, stays as it is.
struct BodyTemplate: Sendable {
    private enum Place: String, CaseIterable {
        case number = "{{n}}"
        case uuid = "{{uuid}}"
        case now = "{{now}}"
    }

    /// The places, each with the bytes before it.
    private var places: [(before: ArraySlice<UInt8>, place: Place)] = []
    /// The bytes after the last place.
    private var rest: ArraySlice<UInt8>

    /// Reads a template; every sequence of bytes is one.
    init(_ bytes: [UInt8]) {
        rest = bytes[...]
        for index in bytes.indices where bytes[index] == UInt8(ascii: "{") && index >= rest.startIndex {
            let place = Place.allCases.first { bytes[index...].starts(with: $0.rawValue.utf8) }
            guard let place else { continue }
            places.append((rest[..<index], place))
            rest = bytes[(index + place.rawValue.utf8.count)...]
        }
    }

    /// Returns the body of one delivery.
    ///
    /// - Parameter milliseconds: The time in milliseconds since 1970.
    func body(number: Int, uuid: String, milliseconds: Int64) -> [UInt8] {
        var body: [UInt8] = []
        for (before, place) in places {
            body += before
            switch place {
            case .number: body += String(number).utf8
            case .uuid: body += uuid.utf8
            case .now: body += Moment.text(milliseconds: milliseconds).utf8
            }
        }
        return body + rest
    }
}
