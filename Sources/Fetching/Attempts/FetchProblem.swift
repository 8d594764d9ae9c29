/// Why an object could not be fetched.
///
/// It never holds anything of the object, the token or the answer's body.
package struct FetchProblem: Error, Sendable, Hashable {
    /// The cause, to switch on.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// Nothing answers at the address, or the connection broke.
        case unreachable
        /// The answer was not complete in time.
        case timeout
        /// The API does not accept the token or the workspace.
        case unauthorized
        /// The API asks to be left alone for a while.
        case rateLimited = "rate_limited"
        /// The API failed.
        case serverError = "server_error"
        /// The answer has a status that says neither.
        case unexpectedStatus = "unexpected_status"
        /// There is no such object, for the first time: it may be too new to be seen everywhere. Or it is of a type whose
        /// path is not documented.
        case notThere = "not_there"
        /// The answer is not the object asked for.
        case notTheObject = "not_the_object"
        /// The object is larger than the source takes.
        case tooLarge = "too_large"
        /// The stored token cannot be opened with this master key.
        case sealedToken = "sealed_token"
        /// The object's event could not be appended.
        case notAppended = "not_appended"
    }

    /// The cause.
    package let code: Code
    /// The answer's status, when there was an answer.
    package var status: Int?
    /// The wait that the answer asks for.
    package var retryAfter: Duration?

    /// Creates a problem.
    package init(_ code: Code, status: Int? = nil, retryAfter: Duration? = nil) {
        self.code = code
        self.status = status
        self.retryAfter = retryAfter
    }

    /// Whether the source's other objects would fare no better.
    package var isOfTheSource: Bool {
        switch code {
        case .unreachable, .timeout, .unauthorized, .rateLimited, .serverError, .sealedToken: true
        case .unexpectedStatus: status.map { $0 <= 404 || $0 == 410 } ?? true
        case .notThere, .notTheObject, .tooLarge, .notAppended: false
        }
    }

    /// Whether a single object or kind of object may be the reason, although it looks as if all would fail.
    package var mayBeOfTheObject: Bool {
        switch code {
        case .timeout, .unauthorized, .serverError, .unexpectedStatus: true
        case .unreachable, .rateLimited, .sealedToken, .notThere, .notTheObject, .tooLarge, .notAppended: false
        }
    }
}

extension FetchProblem: CustomStringConvertible {
    /// One sentence on what failed and what helps.
    package var description: String {
        let answer = status.map { " (status \($0))" } ?? ""
        switch code {
        case .unreachable: return "The API cannot be reached. Check the address with `hooklog source show`."
        case .timeout: return "The API did not answer in time."
        case .unauthorized:
            return "The API does not accept the token or the workspace\(answer). Set them with `hooklog source fetch`."
        case .rateLimited: return "The API asks to be left alone for a while\(answer)."
        case .serverError: return "The API failed\(answer)."
        case .unexpectedStatus:
            return
                "The API gave an answer that is not documented\(answer). Check the address with `hooklog source show`."
        case .notThere: return "There is no such object yet, or no more; it is asked for again."
        case .notTheObject:
            return "The API's answer is not the object asked for. Check the address with `hooklog source show`."
        case .tooLarge: return "The object is larger than the source's limit for bodies."
        case .sealedToken:
            return "The token cannot be opened with this HOOKLOG_MASTER_KEY. Set it again with `hooklog source fetch`."
        case .notAppended: return "The object's event could not be appended."
        }
    }
}
