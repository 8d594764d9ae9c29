/// Why a surface refuses a request, in no vendor's words; ``SurfaceDialect`` finds them.
package enum SurfaceRefusal: Error, Hashable, Sendable {
    case missingKey
    case invalidKey
    /// The key may only read.
    case readOnlyKey
    /// The request does not say which workspace it is for.
    case missingWorkspace(header: String)
    /// The key is not the named workspace's.
    case foreignWorkspace
    /// The key is for the other kind of data than the request asks for.
    case otherMode
    case invalid([Fault])
    /// Something that there is stands against it.
    case conflict(Fault)
    /// The idempotency key stands for another request, which was answered or still is.
    case repetition(isUnderWay: Bool)
    /// No such object of a kind.
    case notFound(String)
    /// A list has no page of the number.
    case noSuchPage
    case routeNotFound
    case methodNotAllowed
    case contentTooLarge
    case contentEncoded
    case rateLimited
    case positionAheadOfLog
    /// Trying again helps.
    case unavailable
    case failed
}

extension SurfaceRefusal {
    /// What the refusals that all surfaces share with Pivotal's are here.
    package init(_ error: PivotalError) {
        self =
            switch error.code {
            case .missingAPIKey: .missingKey
            case .invalidAPIKey, .apiKeyRevoked: .invalidKey
            case .insufficientScope: .readOnlyKey
            case .invalidJSON: .invalid([Fault(.body, nil, .notJSON)])
            case .missingField: .invalid([Fault(.body, error.field, .required)])
            case .invalidType where error.field == MinimumPosition.header:
                .invalid([Fault(.header, error.field, .notA(.integer))])
            case .invalidType: .invalid([Fault(Self.place(of: error), error.field, .repeated)])
            case .invalidString, .invalidEnumValue, .tooSmall, .tooBig:
                .invalid([Fault(Self.place(of: error), error.field, .unreadable)])
            case .methodNotAllowed: .methodNotAllowed
            case .contentTooLarge: .contentTooLarge
            case .unsupportedContentEncoding: .contentEncoded
            case .positionAheadOfLog: .positionAheadOfLog
            case .rateLimited: .rateLimited
            case .emailTaken, .slugTaken: .conflict(Fault(.body, error.field, .taken))
            case .idempotencyKeyReused: .repetition(isUnderWay: false)
            case .idempotencyKeyInUse: .repetition(isUnderWay: true)
            case .customerNotFound, .contactNotFound, .onboardingNotFound, .eventNotFound, .routeNotFound:
                .routeNotFound
            case .databaseUnavailable, .readModelBehind: .unavailable
            case .internalError: .failed
            }
    }

    private static func place(of error: PivotalError) -> Fault.Place {
        error.field == IdempotencyKey.header ? .header : .query
    }
}
