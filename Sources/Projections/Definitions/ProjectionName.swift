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
