import Connectors

/// What is said of outcomes other than success.
struct Refusing {
    /// What people call the object that `not_found` is about; nil when the path names none.
    var object: String?
    /// What they call the one that it hangs on.
    var parent: String?
    /// The parameter that names an object at the edge of a page, if one does.
    var edgeName: String?

    /// Throws the failure that an outcome is, unless it is `ok`.
    ///
    /// - Parameters:
    ///   - field: The member at fault, if the statement named one.
    ///   - detail: What it said of it.
    func check(_ outcome: Outcome, field: String? = nil, detail: String? = nil) throws(QueryFailure) {
        if let refusal = refusal(outcome, field, detail) { throw QueryFailure(refusal) }
    }

    private func refusal(_ outcome: Outcome, _ field: String?, _ detail: String?) -> Refusal? {
        switch outcome {
        case .unknownKey: .invalidKey
        case .revokedKey: .revokedKey
        case .insufficientScope: .readOnlyKey
        case .foreignWorkspace: .foreignWorkspace
        case .notFound: object.map { .notFound($0) } ?? .routeNotFound
        case .parentNotFound: (detail ?? parent ?? object).map { .notFound($0) } ?? .routeNotFound
        case .unknownPlace: .invalid([Fault(.query, edgeName, .unknownReference(detail ?? ""))])
        case .noSuchPage: .noSuchPage
        case .taken: .conflict(Fault(.body, field, .taken))
        case .missing: .invalid([Fault(.body, field, .required)])
        case .unknownReference: .invalid([Fault(.body, field, .unknownReference(detail ?? ""))])
        case .limitReached: .invalid([Fault(.body, field, .limitReached(detail ?? ""))])
        case .idempotencyKeyReused: .repetition(isUnderWay: false)
        case .idempotencyKeyInUse: .repetition(isUnderWay: true)
        case .busy: .unavailable(.database)
        case .behind: .unavailable(.backlog)
        case .ok: nil
        }
    }
}
