import HTTPTypes
import Hummingbird

extension Response {
    /// An answer with a body, in JSON unless said otherwise, and with more header fields than its type.
    init(_ status: HTTPResponse.Status, _ body: ByteBuffer, type: String = "application/json", _ more: HTTPFields = [:])
    {
        var headers: HTTPFields = [.contentType: type]
        headers.append(contentsOf: more)
        self.init(status: status, headers: headers, body: ResponseBody(byteBuffer: body))
    }
}
