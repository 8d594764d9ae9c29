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

    /// Takes what kept a projection from being read or registered; nil when that is no fault of the projection.
    package init?(_ error: ProjectionError, of definition: ProjectionDefinition) {
        switch error.code {
        case .invalidFile, .nameTaken, .definitionRefused:
            let file = error.file ?? definition.tables.compactMap(\.place?.file).first
            self.init(projection: definition.name.rawValue, file: file, reason: error.description)
        case .unknownProjection, .buildGone, .buildStopped, .positionBeyondHead, .waitTimedOut, .tooManyWaiters,
            .cancelled, .unavailable, .databaseFailed:
            return nil
        }
    }
}
