import EventLog

/// The name of a projection.
package struct ProjectionName: Identifier {
    /// The name as users write it.
    package let rawValue: String

    /// Takes any text; the file parser says which names a new projection may have.
    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The built-in projection of customers, contacts and what hangs on them, of every system.
    package static let directory = ProjectionName(rawValue: "directory")
}

/// What tells two definitions of a projection apart: the first 16 hex digits of the SHA-256 of the compiled files.
package struct ProjectionVersion: Identifier {
    /// The digits.
    package let rawValue: String

    /// Takes any text.
    package init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// The number of a build of a projection; later builds have higher ones.
package struct GenerationID: Identifier {
    /// The number, from 1.
    package let rawValue: Int64

    /// Creates an identifier from its number.
    package init(rawValue: Int64) {
        self.rawValue = rawValue
    }
}
