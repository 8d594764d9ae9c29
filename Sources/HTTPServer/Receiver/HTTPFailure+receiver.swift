import EventLog
import HTTPTypes

extension HTTPFailure {
    /// The answer for a delivery that the log did not take.
    init(_ error: EventLogError) {
        switch error.code {
        case .unknownSource, .unknownWorkspace:
            self = .notFound
        case .refused:
            self.init(
                HTTPResponse.Status(code: 422, reasonPhrase: "Unprocessable Content"),
                code: "refused",
                message: "The delivery cannot be stored; look into the receiver's log."
            )
        case .unavailable, .queueFull, .cancelled, .unknownAPIKey, .unknownConnector, .ambiguousWorkspace, .nameTaken,
            .invalidArgument, .invalidSecret, .missingMasterKey, .invalidMasterKey, .unsealFailed, .databaseFailed:
            self.init(
                .serviceUnavailable,
                code: "unavailable",
                message: "The delivery was not stored; send it again.",
                headers: [.retryAfter: String(max(1, error.retryAfter?.components.seconds ?? 1))]
            )
        }
    }

    /// The answer to a compressed body.
    static let contentEncoding = HTTPFailure(
        .unsupportedMediaType,
        code: "unsupported_content_encoding",
        message: "The body must not be encoded; send it as it was signed, without Content-Encoding."
    )

    /// The answer to a question without a challenge.
    static let noChallenge = HTTPFailure(
        .badRequest,
        code: "no_challenge",
        message: "There is no challenge of at most 1024 visible ASCII characters where the source expects one."
    )

    /// The answer to anything but a POST.
    static let postOnly = HTTPFailure(
        .methodNotAllowed,
        code: "method_not_allowed",
        message: "Deliveries are sent with POST.",
        headers: [.allow: "POST"]
    )

    /// How a delivery may fail, one for each status.
    static let ofDeliveries: [HTTPFailure] = [
        RequestRefusal.malformed.failure, .notFound, RequestRefusal.bodyDeadline.failure,
        .contentTooLarge(limit: SourceSettings.defaultBodySize), .contentEncoding, HTTPFailure(EventLogError(.refused)),
        .internalError, HTTPFailure(EventLogError(.unavailable)),
    ]
}
