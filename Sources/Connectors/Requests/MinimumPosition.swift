import EventLog

/// What `Hooklog-Min-Position` asks for: an answer that has seen the log up to a position.
package enum MinimumPosition {
    /// The name of the header field.
    package static let header = "Hooklog-Min-Position"

    /// Reads the values of the header field; nil when there is none.
    ///
    /// Throws `invalid` unless there is exactly one value, a whole number from 0 on.
    package static func read(_ values: [String]) throws(Refusal) -> Position? {
        guard let value = values.first else { return nil }
        guard values.count == 1, value.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int64(value) else {
            throw .header(header, .notA(.integer, received: nil))
        }
        return Position(rawValue: number)
    }
}
