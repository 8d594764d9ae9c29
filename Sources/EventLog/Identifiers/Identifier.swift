import Postgres

/// A number or a name with a type of its own, so that none is taken for another; rows are read with it.
package protocol Identifier: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible,
    PostgresDecodable
where RawValue: Comparable & CustomStringConvertible & PostgresDecodable {
    /// Creates an identifier from any value; it says nothing of whether there is such a thing.
    init(rawValue: RawValue)
}

extension Identifier {
    /// The number in decimal, or the name.
    package var description: String { rawValue.description }

    /// Orders by number or name.
    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    /// Reads the number or the name.
    package static func decode(_ cell: PostgresCell) throws(PostgresError) -> Self {
        Self(rawValue: try RawValue.decode(cell))
    }
}
