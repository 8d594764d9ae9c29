import HTTPTypes
import Hummingbird

extension Response {
    /// A success with JSON text.
    init(json: ByteBuffer) {
        self.init(.ok, json)
    }

    /// An answer with a body of some type, and with more header fields than that.
    init(_ status: HTTPResponse.Status, _ body: ByteBuffer, type: String = "application/json", _ more: HTTPFields = [:])
    {
        var headers: HTTPFields = [.contentType: type]
        headers.append(contentsOf: more)
        self.init(status: status, headers: headers, body: ResponseBody(byteBuffer: body))
    }
}
