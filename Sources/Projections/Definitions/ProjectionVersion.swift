import EventLog

/// What tells two definitions of a projection apart: the first 16 hex digits of the SHA-256 of the compiled files.
package struct ProjectionVersion: Identifier {
    /// The digits.
    package let rawValue: String

    /// Takes any text.
    package init(rawValue: String) {
        self.rawValue = rawValue
    }
}
