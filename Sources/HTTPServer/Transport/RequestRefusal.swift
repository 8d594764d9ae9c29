import HTTPTypes

/// Why a request was answered by the connection itself, before or instead of the application.
package enum RequestRefusal: Error, Sendable, Hashable, CaseIterable {
    /// The request has no Host, or more than one.
    case host
    /// The bytes are not HTTP/1.1, or the body's length is stated in two ways.
    case malformed
    /// The head is larger than allowed.
    case headTooLarge
    /// The body's chunks are too small, or there is too much around them.
    case bodyTooThin
    /// The body did not arrive in time.
    case bodyDeadline
    /// There was no room for the request beside others.
    case bodiesFull

    /// The answer.
    var failure: HTTPFailure {
        switch self {
        case .host:
            HTTPFailure(.badRequest, code: "invalid_host", message: "The request must carry exactly one Host header.")
        case .malformed:
            HTTPFailure(
                .badRequest,
                code: "malformed_request",
                message: "The request is not valid HTTP/1.1; send one well-formed request with one body length."
            )
        case .headTooLarge:
            HTTPFailure(
                .requestHeaderFieldsTooLarge,
                code: "headers_too_large",
                message: "The request's headers are too large; send fewer or shorter ones."
            )
        case .bodyTooThin:
            HTTPFailure(
                .badRequest,
                code: "chunks_too_small",
                message: "The body's chunks are too small or have much around them; send larger ones, or a length."
            )
        case .bodyDeadline:
            HTTPFailure(
                .requestTimeout,
                code: "request_timeout",
                message: "The body did not arrive in time; send the request again without pauses."
            )
        case .bodiesFull:
            HTTPFailure(
                .serviceUnavailable,
                code: "unavailable",
                message: "Too many requests are on their way at once; send this one again.",
                headers: [.retryAfter: "1"]
            )
        }
    }
}
