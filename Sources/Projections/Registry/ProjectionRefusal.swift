import Postgres

/// A user's projection that does not run, and why.
package struct ProjectionRefusal: Sendable, Hashable {
    /// The projection's name, as its file's place gives it.
    package let projection: String
    /// The file, or one of its files, if it is known.
    package let file: String?
    /// The reason: a sentence.
    package let reason: String

    /// Creates a refusal.
    package init(projection: String, file: String?, reason: String) {
        self.projection = projection
        self.file = file
        self.reason = reason
    }

    /// Takes a row of `list_refusals`.
    package init(_ row: PostgresRow) throws(PostgresError) {
        projection = try row["projection"]
        file = try row["file"]
        reason = try row["reason"]
    }

    /// Takes what kept a projection from being read or registered; nil when that is no fault of the projection.
    ///
    /// A connection that ended over it was given up after the time that a registration has.
    package init?(_ error: ProjectionError, of definition: ProjectionDefinition) {
        let file = error.file ?? definition.tables.compactMap(\.place?.file).first
        switch error.code {
        case .invalidFile, .nameTaken, .definitionRefused:
            self.init(projection: definition.name.rawValue, file: file, reason: error.description)
        case .unavailable:
            let reason = "PostgreSQL was not done with it in time. Make the SELECT cheaper and run `hooklog migrate`."
            self.init(projection: definition.name.rawValue, file: file, reason: reason)
        case .unknownProjection, .buildGone, .buildStopped, .positionBeyondHead, .waitTimedOut, .tooManyWaiters,
            .cancelled, .databaseFailed:
            return nil
        }
    }
}
