/// A body in chunks, each with its size in front.
enum ChunkedBody {
    /// Returns the body and how many bytes it took with its framing, or `nil` when it is not complete.
    ///
    /// - Throws: `malformed`.
    static func read(_ bytes: ArraySlice<UInt8>) throws(ResponseParser.Failure) -> (ArraySlice<UInt8>, Int)? {
        var body: [UInt8] = []
        var rest = bytes
        while let lineEnd = rest.firstIndex(of: UInt8(ascii: "\n")) {
            let digits = rest[..<lineEnd].prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: "\r") }
            guard let size = Int(String(decoding: digits, as: UTF8.self), radix: 16), size >= 0,
                size <= ResponseParser.maximumBodyByteCount
            else { throw .malformed }
            rest = rest[(lineEnd + 1)...]
            guard size > 0 else { return end(of: rest).map { (body[...], $0 - bytes.startIndex) } }
            guard rest.count >= size + 2 else { return nil }
            body += rest.prefix(size)
            rest = rest.dropFirst(size)
            guard rest.starts(with: "\r\n".utf8) else { throw .malformed }
            rest = rest.dropFirst(2)
        }
        return nil
    }

    /// Returns the index after the trailer, which ends with an empty line.
    private static func end(of trailer: ArraySlice<UInt8>) -> Int? {
        var rest = trailer
        while let lineEnd = rest.firstIndex(of: UInt8(ascii: "\n")) {
            let isEmpty = lineEnd - rest.startIndex <= 1
            rest = rest[(lineEnd + 1)...]
            if isEmpty { return rest.startIndex }
        }
        return nil
    }
}
