import EventLog

/// The number of a build of a projection; later builds have higher ones.
package struct GenerationID: Identifier {
    /// The number, from 1.
    package let rawValue: Int64

    /// Creates an identifier from its number.
    package init(rawValue: Int64) {
        self.rawValue = rawValue
    }
}
