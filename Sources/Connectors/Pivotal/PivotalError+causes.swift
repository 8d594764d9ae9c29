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
    /// A key that may read only.
    package static let insufficientScope = PivotalError(
        .insufficientScope,
        "This API key may only read; writing needs a key with scope write"
    )
    /// A body that is not JSON.
    package static let invalidJSON = PivotalError(.invalidJSON, "The body is not valid JSON")
    /// A body that is larger than allowed.
    package static let contentTooLarge = PivotalError(.contentTooLarge, "The body is too large; send a smaller one")
    /// A write after which an object would be larger than what is folded.
    package static let objectTooLarge = PivotalError(
        .contentTooLarge,
        "The object would take more than 512 KiB; make it smaller"
    )
    /// A body that is compressed.
    package static let unsupportedContentEncoding = PivotalError(
        .unsupportedContentEncoding,
        "The body must not be encoded; send it without Content-Encoding"
    )
    /// Another contact of the customer has the e-mail address.
    package static let emailTaken = PivotalError(
        .emailTaken,
        "Another contact of this customer has this email",
        field: "email"
    )
    /// Another customer has the slug, which may be the one that the name gives.
    package static let slugTaken = PivotalError(.slugTaken, "Another customer has this slug", field: "slug")
    /// An idempotency key that was used with another body.
    package static let idempotencyKeyReused = PivotalError(
        .idempotencyKeyReused,
        "This Idempotency-Key was used with another body; use a new one"
    )
    /// An idempotency key of a request that is being answered.
    package static let idempotencyKeyInUse = PivotalError(
        .idempotencyKeyInUse,
        "The first request with this Idempotency-Key is still running; try again"
    )
    /// A key that has made all the requests that it may make within a minute; there is room again in `seconds`.
    package static func rateLimited(seconds: Int64) -> PivotalError {
        PivotalError(.rateLimited, "Rate limit exceeded; try again in \(seconds) second\(seconds == 1 ? "" : "s")")
    }
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
    /// A write on a database that takes none.
    package static let databaseReadOnly = PivotalError(
        .databaseUnavailable,
        "This server's database is a standby and takes no writes; send them to a server on the primary"
    )
    /// A read model that did not reach the asked position in time.
    package static let readModelBehind = PivotalError(
        .readModelBehind,
        "The data has not reached this position in time; try again"
    )
    /// A read model that has too much to read before a write can be decided.
    package static let writesBehind = PivotalError(
        .readModelBehind,
        "The data is still catching up with what was received; try again"
    )
    /// A failure of the server itself.
    package static let internalError = PivotalError(.internalError, "The server failed; try again")
}
