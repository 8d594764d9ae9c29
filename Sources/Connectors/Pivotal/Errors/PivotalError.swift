/// A refusal in the words of Pivotal's API: every answer that is not a success carries one in its body.
///
/// It holds constant texts and names of request properties, never a value from a request or a database.
package struct PivotalError: Error, Hashable {
    /// The stable name of the cause.
    package let code: Code
    /// A sentence for humans; not part of the contract.
    package let message: String
    /// The request property at fault, when there is exactly one.
    package let field: String?

    /// Creates an error; `message` must be a constant text.
    package init(_ code: Code, _ message: String, field: String? = nil) {
        self.code = code
        self.message = message
        self.field = field
    }
}

extension PivotalError {
    /// What a client branches on first; agrees with the HTTP status.
    package enum Kind: String, Sendable, CaseIterable {
        case invalidRequest = "invalid_request_error"
        case authentication = "authentication_error"
        case permission = "permission_error"
        case notFound = "not_found"
        case conflict
        case rateLimit = "rate_limit_error"
        case `internal` = "internal_error"
    }

    /// What went wrong.
    package enum Code: String, Sendable, CaseIterable {
        /// A parameter has another type than it should.
        case invalidType = "invalid_type"
        /// A string has another form than it should.
        case invalidString = "invalid_string"
        case tooSmall = "too_small"
        case tooBig = "too_big"
        /// The path exists, but not with this method.
        case methodNotAllowed = "method_not_allowed"
        /// A read asked for a position that the log has not reached.
        case positionAheadOfLog = "position_ahead_of_log"
        case missingAPIKey = "missing_api_key"
        case invalidAPIKey = "invalid_api_key"
        case apiKeyRevoked = "api_key_revoked"
        case customerNotFound = "customer_not_found"
        case contactNotFound = "contact_not_found"
        case onboardingNotFound = "onboarding_not_found"
        case eventNotFound = "event_not_found"
        /// There is nothing at this path.
        case routeNotFound = "route_not_found"
        /// The database cannot be reached or is overloaded.
        case databaseUnavailable = "database_unavailable"
        /// The read model did not reach the asked position in time.
        case readModelBehind = "read_model_behind"
        case internalError = "internal_error"
    }

    /// The kind that the code belongs to.
    package var kind: Kind {
        switch code {
        case .invalidType, .invalidString, .tooSmall, .tooBig, .methodNotAllowed, .positionAheadOfLog: .invalidRequest
        case .missingAPIKey, .invalidAPIKey, .apiKeyRevoked: .authentication
        case .customerNotFound, .contactNotFound, .onboardingNotFound, .eventNotFound, .routeNotFound: .notFound
        case .databaseUnavailable, .readModelBehind, .internalError: .internal
        }
    }
}

extension PivotalError: CustomStringConvertible {
    /// The message, preceded by the code and, if there is one, the property at fault.
    package var description: String {
        "\(code.rawValue)\(field.map { " (\($0))" } ?? ""): \(message)"
    }
}
