/// The number of a build of a projection; later builds have higher ones.
package struct GenerationID: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The number, from 1.
    package let rawValue: Int64

    /// Creates an identifier from its number.
    package init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// The number in decimal.
    package var description: String { String(rawValue) }

    /// Orders by number.
    package static func < (left: GenerationID, right: GenerationID) -> Bool { left.rawValue < right.rawValue }
}
