import EventLog
import HTTPTypes
import Hummingbird
import NIOCore

/// An answer that tells a client what went wrong: `{"error":{"code":"…","message":"…"}}`.
///
/// The message is one sentence with the way out. It never repeats bytes of the request.
package struct HTTPFailure: Error, Sendable, Hashable {
    /// The status of the answer.
    package let status: HTTPResponse.Status
    /// The stable name of the cause, for programs.
    package let code: String
    /// What failed and the way out, for people.
    package let message: String
    /// Header fields that go with the answer, such as `Allow` and `Retry-After`.
    package var headers: HTTPFields

    /// Creates a failure.
    package init(_ status: HTTPResponse.Status, code: String, message: String, headers: HTTPFields = [:]) {
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers
    }

    /// The answer's body as JSON text.
    package var body: String {
        var json = JSONText(.dropped)
        json.append("{\"error\":{\"code\":")
        json.append(string: code)
        json.append(",\"message\":")
        json.append(string: message)
        json.append("}}\n")
        return json.text
    }

    /// The answer.
    package var response: Response {
        var headers = headers
        headers[.contentType] = "application/json"
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: body)))
    }
}

extension HTTPFailure {
    /// The answer to a path or an object that is not there.
    package static let notFound = HTTPFailure(
        .notFound,
        code: "not_found",
        message: "There is nothing at this address; check the URL."
    )

    /// The answer to a failure that is nobody's but this server's.
    package static let internalError = HTTPFailure(
        .internalServerError,
        code: "internal_error",
        message: "The server failed to answer; try again, and look into its log if it happens again."
    )

    /// The answer to a body larger than `limit` bytes.
    package static func contentTooLarge(limit: Int) -> HTTPFailure {
        HTTPFailure(
            .contentTooLarge,
            code: "content_too_large",
            message: "The body is larger than the \(limit) bytes allowed here; send a smaller one or raise the limit."
        )
    }
}

extension HTTPFailure: HTTPResponseError {
    /// Returns the answer for Hummingbird's router.
    package func response(from request: Request, context: some RequestContext) -> Response {
        response
    }
}
