import Connectors

/// Tells what a client is told of an outcome that is not `ok`.
protocol Refusing: Sendable {
    /// The failure that an outcome is; nil for `ok`.
    ///
    /// - Parameters:
    ///   - field: The member at fault, if the statement named one.
    ///   - detail: What it said of it.
    func failure(_ outcome: Outcome, field: String?, detail: String?) -> QueryFailure?
}

/// Pivotal's words, and the native endpoints'.
struct PivotalRefusing: Refusing {
    /// What `not_found` means.
    let notFound: PivotalError

    func failure(_ outcome: Outcome, field: String?, detail: String?) -> QueryFailure? {
        error(outcome).map { QueryFailure($0) }
    }

    private func error(_ outcome: Outcome) -> PivotalError? {
        switch outcome {
        case .unknownKey: .invalidAPIKey
        case .revokedKey: .apiKeyRevoked
        case .insufficientScope: .insufficientScope
        case .notFound: notFound
        case .customerNotFound: .customerNotFound
        case .emailTaken: .emailTaken
        case .slugTaken: .slugTaken
        case .idempotencyKeyReused: .idempotencyKeyReused
        case .idempotencyKeyInUse: .idempotencyKeyInUse
        case .busy: .databaseUnavailable
        case .behind: .writesBehind
        // The other surfaces' alone.
        case .foreignWorkspace, .parentNotFound, .unknownPlace, .noSuchPage, .taken, .missing, .unknownReference,
            .limitReached:
            .internalError
        case .ok: nil
        }
    }
}
