import Foundation

/// The JSON that commands print: one line, members in `snake_case` and in alphabetical order, times in RFC 3339.
enum JSONLine {
    /// Returns the JSON of a value.
    static func text(of value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(Moment.text(of: date))
        }
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
