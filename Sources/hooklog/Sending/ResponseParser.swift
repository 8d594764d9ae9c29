import NIOCore

/// Reads the responses on one connection, as far as a sender needs them: status, outcome, whether the connection stays.
///
/// It knows bodies with a length, chunked ones and none; heads over 16 KiB and bodies over 1 MiB are refused.
struct ResponseParser {
    /// One complete response.
    struct Response: Hashable {
        let status: Int
        let outcome: DeliveryOutcome?
        let keepsAlive: Bool
    }

    /// What is wrong with a response.
    enum Failure: Error, Hashable {
        case malformed
        case tooLarge
    }

    static let maximumHeadByteCount = 16 << 10
    static let maximumBodyByteCount = 1 << 20

    private var buffer = ByteBuffer()

    /// Takes bytes that arrived.
    mutating func append(_ bytes: inout ByteBuffer) {
        if buffer.readableBytes == 0 {
            buffer = bytes
        } else {
            buffer.writeBuffer(&bytes)
        }
    }

    /// Returns the next complete response, or `nil` when there is none yet; interim responses are passed over.
    mutating func next() throws(Failure) -> Response? {
        while true {
            guard let (head, headByteCount) = try readHead() else { return nil }
            guard !(100..<200).contains(head.status) else {
                buffer.moveReaderIndex(forwardBy: headByteCount)
                continue
            }
            guard let (body, byteCount) = try readBody(head, from: buffer.readerIndex + headByteCount) else {
                return nil
            }
            buffer.moveReaderIndex(forwardBy: headByteCount + byteCount)
            return Response(status: head.status, outcome: DeliveryOutcome(body: body), keepsAlive: head.keepsAlive)
        }
    }

    private func readHead() throws(Failure) -> (head: ResponseHead, byteCount: Int)? {
        let view = buffer.readableBytesView
        guard let end = view.endOfHead else {
            guard view.count <= Self.maximumHeadByteCount else { throw .tooLarge }
            return nil
        }
        guard let head = ResponseHead(view[..<end]) else { throw .malformed }
        return (head, end - view.startIndex)
    }

    private func readBody(_ head: ResponseHead, from start: Int) throws(Failure) -> (ArraySlice<UInt8>, Int)? {
        let available = buffer.writerIndex - start
        switch head.body {
        case .length(let length):
            guard length <= Self.maximumBodyByteCount else { throw .tooLarge }
            guard available >= length else { return nil }
            return (buffer.getBytes(at: start, length: length)?[...] ?? [], length)
        case .chunked:
            guard available <= 2 * Self.maximumBodyByteCount else { throw .tooLarge }
            return try ChunkedBody.read(buffer.getBytes(at: start, length: available)?[...] ?? [])
        }
    }
}

extension ByteBufferView {
    /// The index after the empty line, or `nil` when it has not arrived.
    fileprivate var endOfHead: Int? {
        var index = startIndex
        while let lineEnd = self[index...].firstIndex(of: UInt8(ascii: "\n")) {
            if lineEnd - index <= 1, index > startIndex { return lineEnd + 1 }
            index = lineEnd + 1
        }
        return nil
    }
}
