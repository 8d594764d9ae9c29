/// Cuts bytes into lines as they come, holding back no more than a line may have.
///
/// Lines end with a line feed, which may have a carriage return before it; the last may end with the bytes. A byte order
/// mark at the very beginning is none of the first line.
struct LineCutter {
    /// A line of the input.
    enum Line: Equatable {
        case text([UInt8])
        /// Nothing but spaces.
        case blank
        /// Longer than the limit; it was not kept.
        case tooLong
    }

    private static let lineFeed = UInt8(ascii: "\n")

    private let limit: Int
    private var buffer: [UInt8] = []
    private var start = 0
    private var searched = 0
    /// The bytes of the line in hand that were thrown away since it is too long.
    private var dropped: Int64 = 0
    /// Where in the input the next line begins.
    private(set) var offset: Int64

    /// Creates a cutter for lines of at most `limit` bytes, which begins at a place in the input.
    init(limit: Int, at offset: Int64 = 0) {
        self.limit = limit
        self.offset = offset
    }

    /// Takes the next bytes of the input.
    mutating func feed(_ bytes: some Collection<UInt8>) {
        buffer.removeFirst(start)
        searched -= start
        start = 0
        buffer += bytes
    }

    /// The next line, or nil when its end has not come yet.
    mutating func next() -> Line? {
        guard let end = buffer[searched...].firstIndex(of: Self.lineFeed) else {
            searched = buffer.count
            dropIfTooLong()
            return nil
        }
        return take(to: end, consuming: end + 1)
    }

    /// The last line, when the input ended without a line feed.
    mutating func finish() -> Line? {
        guard start < buffer.count || dropped > 0 else { return nil }
        return take(to: buffer.count, consuming: buffer.count)
    }

    private mutating func dropIfTooLong() {
        // One byte more for a carriage return, three for a byte order mark.
        guard dropped > 0 || buffer.count - start > limit + 4 else { return }
        dropped += Int64(buffer.count - start)
        buffer.removeAll(keepingCapacity: true)
        start = 0
        searched = 0
    }

    private mutating func take(to end: Int, consuming next: Int) -> Line {
        var text = buffer[start..<end]
        if offset == 0, text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
        if text.last == UInt8(ascii: "\r") { text = text.dropLast() }
        let isTooLong = dropped > 0 || text.count > limit
        offset += dropped + Int64(next - start)
        dropped = 0
        start = next
        searched = next
        guard !isTooLong else { return .tooLong }
        return text.allSatisfy { $0 == 0x20 || $0 == 0x09 } ? .blank : .text(Array(text))
    }
}
