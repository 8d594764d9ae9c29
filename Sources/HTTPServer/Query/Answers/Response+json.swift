import HTTPTypes
import Hummingbird

extension Response {
    /// A success with JSON text.
    init(json: ByteBuffer) {
        self.init(
            status: .ok,
            headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: json)
        )
    }
}
