import Connectors
import HTTPTypes
import Hummingbird

/// A refusal on its way to a client, with what HTTP adds to it.
///
/// Under a surface's paths it is answered in that vendor's words, whoever found it; elsewhere in the native ones.
struct QueryFailure: Error {
    private let refusal: Refusal
    /// Header fields that go with it.
    private let headers: HTTPFields

    init(_ refusal: Refusal, headers: HTTPFields = [:]) {
        self.refusal = refusal
        self.headers = headers
    }

    /// The failure that an error is, which a request was found to have; the server's own for any other.
    init(judging error: any Error) {
        switch error {
        case let refusal as Refusal: self.init(refusal)
        case let failure as QueryFailure: self = failure
        default: self.init(.failed)
        }
    }
}

extension QueryFailure: HTTPResponseError {
    /// The status outside of any surface.
    var status: HTTPResponse.Status { HTTPResponse.Status(code: NativeDialect().status(of: refusal)) }

    func response(from request: Request, context: some RequestContext) -> Response {
        let surface = Surface.at(request.uri.path)
        let dialect = surface?.dialect ?? NativeDialect()
        let status = HTTPResponse.Status(code: dialect.status(of: refusal))
        var headers = headers
        headers[.contentType] = "application/json"
        if status == .unauthorized { headers[.wwwAuthenticate] = (surface?.access ?? .bearer).scheme }
        if status == .serviceUnavailable || refusal == .repetition(isUnderWay: true) { headers[.retryAfter] = "1" }
        let body = ResponseBody(byteBuffer: ByteBuffer(string: dialect.body(of: refusal)))
        return Response(status: status, headers: headers, body: body)
    }
}
