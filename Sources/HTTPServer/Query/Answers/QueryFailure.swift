import Connectors
import EventLog
import HTTPTypes
import Hummingbird

/// A refusal on its way to a client, with what HTTP adds to it.
///
/// Under a surface's paths it is answered in that vendor's words, whoever found it.
struct QueryFailure: Error {
    private enum Cause {
        /// In the words of Pivotal's API, which are the native endpoints' too.
        case error(PivotalError)
        /// In no vendor's words.
        case refusal(SurfaceRefusal)
    }

    private let cause: Cause
    /// Header fields that go with it.
    private let headers: HTTPFields

    init(_ error: PivotalError, headers: HTTPFields = [:]) {
        cause = .error(error)
        self.headers = headers
    }

    init(refusal: SurfaceRefusal) {
        cause = .refusal(refusal)
        headers = refusal == .repetition(isUnderWay: true) ? [.retryAfter: "1"] : [:]
    }

    /// The failure that an error is, which a request was found to have; the server's own for any other.
    init(judging error: any Error) {
        switch error {
        case let error as PivotalError: self.init(error)
        case let refusal as SurfaceRefusal: self.init(refusal: refusal)
        case let failure as QueryFailure: self = failure
        default: self.init(.internalError)
        }
    }

    /// The header field that tells a position.
    static func position(_ position: Position) -> HTTPFields {
        [.hooklogPosition: position.description]
    }
}

extension QueryFailure: HTTPResponseError {
    /// The status outside of any surface.
    var status: HTTPResponse.Status { answer(on: nil).status }

    func response(from request: Request, context: some RequestContext) -> Response {
        let answer = answer(on: Surface.at(request.uri.path))
        var headers = headers
        headers[.contentType] = "application/json"
        switch answer.status {
        case .unauthorized: headers[.wwwAuthenticate] = answer.challenge
        case .serviceUnavailable: headers[.retryAfter] = "1"
        default: break
        }
        let body = ResponseBody(byteBuffer: ByteBuffer(string: answer.body))
        return Response(status: answer.status, headers: headers, body: body)
    }

    private func answer(on surface: Surface?) -> (status: HTTPResponse.Status, body: String, challenge: String) {
        guard let surface else {
            let error = if case .error(let error) = cause { error } else { PivotalError.internalError }
            return (error.status, error.body, "Bearer")
        }
        let refusal =
            switch cause {
            case .error(let error): SurfaceRefusal(error)
            case .refusal(let refusal): refusal
            }
        let status = HTTPResponse.Status(code: surface.dialect.status(of: refusal))
        return (status, surface.dialect.body(of: refusal), surface.access.challenge)
    }
}

extension SurfaceAccess {
    /// What an answer without a key asks for.
    fileprivate var challenge: String { (schemes.first ?? "").capitalized }
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
