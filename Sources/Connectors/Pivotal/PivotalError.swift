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
        /// The body is not JSON.
        case invalidJSON = "invalid_json"
        /// An attribute that must be there is not.
        case missingField = "missing_field"
        /// A parameter has another type than it should.
        case invalidType = "invalid_type"
        /// A string has another form than it should.
        case invalidString = "invalid_string"
        /// A word is none of those that there are.
        case invalidEnumValue = "invalid_enum_value"
        case tooSmall = "too_small"
        case tooBig = "too_big"
        /// The path exists, but not with this method.
        case methodNotAllowed = "method_not_allowed"
        /// The body is larger than allowed.
        case contentTooLarge = "content_too_large"
        /// The body is compressed.
        case unsupportedContentEncoding = "unsupported_content_encoding"
        /// A read asked for a position that the log has not reached.
        case positionAheadOfLog = "position_ahead_of_log"
        case missingAPIKey = "missing_api_key"
        case invalidAPIKey = "invalid_api_key"
        case apiKeyRevoked = "api_key_revoked"
        /// The key may read only.
        case insufficientScope = "insufficient_scope"
        /// The key has made all the requests that it may make within a minute.
        case rateLimited = "rate_limited"
        case customerNotFound = "customer_not_found"
        case contactNotFound = "contact_not_found"
        case onboardingNotFound = "onboarding_not_found"
        case eventNotFound = "event_not_found"
        /// There is nothing at this path.
        case routeNotFound = "route_not_found"
        /// Another contact of the customer has the e-mail address.
        case emailTaken = "email_taken"
        /// Another customer has the slug.
        case slugTaken = "slug_taken"
        /// The idempotency key was used with another body.
        case idempotencyKeyReused = "idempotency_key_reused"
        /// A request with the idempotency key is being answered.
        case idempotencyKeyInUse = "idempotency_key_in_use"
        /// The database cannot be reached or is overloaded.
        case databaseUnavailable = "database_unavailable"
        /// The read model did not reach the asked position in time.
        case readModelBehind = "read_model_behind"
        case internalError = "internal_error"
    }

    /// The kind that the code belongs to.
    package var kind: Kind {
        switch code {
        case .invalidJSON, .missingField, .invalidType, .invalidString, .invalidEnumValue, .tooSmall, .tooBig,
            .methodNotAllowed, .contentTooLarge, .unsupportedContentEncoding, .positionAheadOfLog:
            .invalidRequest
        case .missingAPIKey, .invalidAPIKey, .apiKeyRevoked: .authentication
        case .insufficientScope: .permission
        case .rateLimited: .rateLimit
        case .customerNotFound, .contactNotFound, .onboardingNotFound, .eventNotFound, .routeNotFound: .notFound
        case .emailTaken, .slugTaken, .idempotencyKeyReused, .idempotencyKeyInUse: .conflict
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
