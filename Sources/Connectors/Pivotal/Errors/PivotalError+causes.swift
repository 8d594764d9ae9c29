extension PivotalError {
    /// No `Authorization` header that carries a bearer key.
    package static let missingAPIKey = PivotalError(
        .missingAPIKey,
        "Send your API key in the Authorization header: Bearer <key>"
    )
    /// A key that was never issued, or is damaged.
    package static let invalidAPIKey = PivotalError(.invalidAPIKey, "This API key is not valid")
    /// A key that was valid once.
    package static let apiKeyRevoked = PivotalError(.apiKeyRevoked, "This API key was revoked")
    /// No such customer that the key may see.
    package static let customerNotFound = PivotalError(.customerNotFound, "Customer not found")
    /// No such contact that the key may see.
    package static let contactNotFound = PivotalError(.contactNotFound, "Contact not found")
    /// No such onboarding that the key may see.
    package static let onboardingNotFound = PivotalError(.onboardingNotFound, "Onboarding not found")
    /// No event at this position that the key may see.
    package static let eventNotFound = PivotalError(.eventNotFound, "Event not found")
    /// No endpoint at this path.
    package static let routeNotFound = PivotalError(.routeNotFound, "There is no such endpoint")
    /// An endpoint that does not take this method.
    package static let methodNotAllowed = PivotalError(
        .methodNotAllowed,
        "This endpoint does not support the method; see the Allow header"
    )
    /// A position above the head of the log.
    package static let positionAheadOfLog = PivotalError(
        .positionAheadOfLog,
        "The log has not reached this position; see Hooklog-Position",
        field: "Hooklog-Min-Position"
    )
    /// A database that is away, overloaded or too slow.
    package static let databaseUnavailable = PivotalError(
        .databaseUnavailable,
        "The data is not available at the moment; try again"
    )
    /// A read model that did not reach the asked position in time.
    package static let readModelBehind = PivotalError(
        .readModelBehind,
        "The data has not reached this position in time; try again"
    )
    /// A failure of the server itself.
    package static let internalError = PivotalError(.internalError, "The server failed; try again")
}
