import NIOCore

/// Writes requests as bytes; what all have in common is prepared once.
struct RequestWriter: Sendable {
    private let head: String

    /// Creates a writer for one target.
    init(target: SendTarget) {
        head = """
            POST \(target.path) HTTP/1.1\r
            Host: \(target.authority)\r
            User-Agent: hooklog/\(BuildVersion.text)\r
            Content-Type: application/json\r

            """
    }

    /// Returns the request of one delivery.
    func request(_ delivery: Delivery, allocator: ByteBufferAllocator) -> ByteBuffer {
        var buffer = allocator.buffer(capacity: head.utf8.count + delivery.body.count + 512)
        buffer.writeString(head)
        for field in delivery.headers.fields {
            buffer.writeString(field.name)
            buffer.writeStaticString(": ")
            buffer.writeString(field.value)
            buffer.writeStaticString("\r\n")
        }
        buffer.writeStaticString("Content-Length: ")
        buffer.writeString(String(delivery.body.count))
        buffer.writeStaticString("\r\n\r\n")
        buffer.writeBytes(delivery.body)
        return buffer
    }
}
