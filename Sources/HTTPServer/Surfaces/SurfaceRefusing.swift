import Connectors

/// What a surface says of outcomes, in no vendor's words.
struct SurfaceRefusing: Refusing {
    let operation: SurfaceOperation
    /// The parameter that names an object at the edge of a page, if one does.
    var edgeName: String?

    func failure(_ outcome: Outcome, field: String?, detail: String?) -> QueryFailure? {
        refusal(outcome, field, detail ?? "").map { QueryFailure(refusal: $0) }
    }

    private func refusal(_ outcome: Outcome, _ field: String?, _ detail: String) -> SurfaceRefusal? {
        switch outcome {
        case .unknownKey, .revokedKey: .invalidKey
        case .insufficientScope: .readOnlyKey
        case .foreignWorkspace: .foreignWorkspace
        case .notFound: .notFound(operation.kind.name)
        case .parentNotFound, .customerNotFound: .notFound(operation.parent?.kind.name ?? operation.kind.name)
        case .unknownPlace: .invalid([Fault(.query, edgeName, .unknownReference(detail))])
        case .noSuchPage: .noSuchPage
        case .emailTaken, .slugTaken, .taken: .conflict(Fault(.body, field, .taken))
        case .missing: .invalid([Fault(.body, field, .required)])
        case .unknownReference: .invalid([Fault(.body, field, .unknownReference(detail))])
        case .limitReached: .invalid([Fault(.body, field, .limitReached(detail))])
        case .idempotencyKeyReused: .repetition(isUnderWay: false)
        case .idempotencyKeyInUse: .repetition(isUnderWay: true)
        case .busy, .behind: .unavailable
        case .ok: nil
        }
    }
}
