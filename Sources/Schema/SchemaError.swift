/// A failure to install the schema, or a schema that this build cannot work with.
package struct SchemaError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is the matter.
    package enum Code: Sendable, Hashable {
        /// The database holds nothing of Hooklog.
        case notInstalled
        /// The schema is older than this build, or its functions are another build's.
        case outdated
        /// The schema is newer than this build.
        case newer
    }

    /// What is the matter.
    package let code: Code
    /// The schema's version in the database; 0 when there is none.
    package let installed: Int
    /// The version that this build needs.
    package let needed: Int

    /// One sentence: what is the matter, and the way out.
    package var description: String {
        switch code {
        case .notInstalled:
            "The database holds no Hooklog schema yet. Run `hooklog migrate`."
        case .outdated where installed == needed:
            "The functions in the database are another build's. Run `hooklog migrate`."
        case .outdated:
            "The schema is at version \(installed) but this build needs \(needed). Run `hooklog migrate`."
        case .newer:
            "The schema is at version \(installed) but this build knows only \(needed). Run a newer hooklog."
        }
    }
}
