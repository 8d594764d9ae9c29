import NIOCore

/// The parts of a response's head that say where it ends and what comes next.
struct ResponseHead: Hashable {
    /// How the end of the body is found.
    enum Body: Hashable {
        case length(Int)
        case chunked
    }

    let status: Int
    private(set) var body = Body.length(0)
    private(set) var keepsAlive: Bool

    /// Reads the status line and the fields; `nil` when they are not HTTP/1.
    init?(_ bytes: ByteBufferView) {
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true)[...]
        guard let first = lines.popFirst(), first.starts(with: "HTTP/1.".utf8),
            let status = Int(String(decoding: first.dropFirst(9).prefix(3), as: UTF8.self)),
            (100...999).contains(status)
        else { return nil }
        self.status = status
        keepsAlive = first.dropFirst(7).first == UInt8(ascii: "1")
        for line in lines {
            guard read(line) else { return nil }
        }
        if status == 204 || status == 304 { body = .length(0) }
    }

    private mutating func read(_ line: ByteBufferView) -> Bool {
        // Only these three begin with one of these letters and are this long; the rest need no look at their bytes.
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), [10, 14, 17].contains(colon - line.startIndex) else {
            return true
        }
        let value = String(decoding: line[(colon + 1)...], as: UTF8.self).lowercased().filter { !$0.isWhitespace }
        switch String(decoding: line[..<colon], as: UTF8.self).lowercased() {
        case "content-length":
            guard let length = Int(value), length >= 0 else { return false }
            if body != .chunked { body = .length(length) }
        case "transfer-encoding":
            guard value == "chunked" else { return false }
            body = .chunked
        case "connection":
            keepsAlive = value == "keep-alive" || keepsAlive && value != "close"
        default:
            break
        }
        return true
    }
}
