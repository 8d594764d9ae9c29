import Connectors
import EventLog
import HTTPTypes
import Hummingbird

/// A refusal on its way to a client: the contract's error with what HTTP adds to it.
struct QueryFailure: Error {
    /// The contract's error.
    let error: PivotalError
    /// Header fields that go with it.
    let headers: HTTPFields

    init(_ error: PivotalError, headers: HTTPFields = [:]) {
        self.error = error
        self.headers = headers
    }

    /// The header field that tells a position.
    static func position(_ position: Position) -> HTTPFields {
        [.hooklogPosition: position.description]
    }
}

extension QueryFailure: HTTPResponseError {
    var status: HTTPResponse.Status { error.status }

    func response(from request: Request, context: some RequestContext) -> Response {
        var headers = headers
        headers[.contentType] = "application/json"
        switch error.status {
        case .unauthorized: headers[.wwwAuthenticate] = "Bearer"
        case .serviceUnavailable: headers[.retryAfter] = "1"
        default: break
        }
        let body = ResponseBody(byteBuffer: ByteBuffer(string: error.body))
        return Response(status: error.status, headers: headers, body: body)
    }
}

extension PivotalError {
    /// The HTTP status of the error; agrees with its kind.
    var status: HTTPResponse.Status {
        switch code {
        case .invalidJSON, .missingField, .invalidType, .invalidString, .invalidEnumValue, .tooSmall, .tooBig:
            .badRequest
        case .contentTooLarge: .contentTooLarge
        case .unsupportedContentEncoding: .unsupportedMediaType
        case .insufficientScope: .forbidden
        case .emailTaken, .slugTaken, .idempotencyKeyReused, .idempotencyKeyInUse: .conflict
        case .methodNotAllowed: .methodNotAllowed
        case .positionAheadOfLog: .preconditionFailed
        case .missingAPIKey, .invalidAPIKey, .apiKeyRevoked: .unauthorized
        case .rateLimited: .tooManyRequests
        case .customerNotFound, .contactNotFound, .onboardingNotFound, .eventNotFound, .routeNotFound: .notFound
        case .databaseUnavailable, .readModelBehind: .serviceUnavailable
        case .internalError: .internalServerError
        }
    }
}
