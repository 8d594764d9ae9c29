/// Compares what a request holds with what was sent for it.
///
/// The codec drops blanks of a head, chunk extensions and the sizes of chunks as they come, or gathers them until it can
/// tell what they are; without a bound a client could send them for ever. Each chunk costs work besides its bytes, too.
/// So chunks of a large body must hold some 24 bytes on average, and may be smaller only in a small one.
struct RequestFraming {
    enum Finding: Hashable {
        case good
        /// All that was read is part of a head which is not complete.
        case partOfHead
        case headTooLarge
        /// There is too much around the bytes of the body.
        case bodyTooThin
    }

    /// How much may stand around the bytes of a body that has none yet.
    private static let allowance = 16 * 1024
    /// How many bytes of a body allow for one more around them.
    private static let bodyByteCountPerByte = 4

    private let headLimit: Int
    private var headByteCount = 0
    private var bodyByteCount = 0
    private var sentByteCount = 0
    /// Whether a head has come whose body has not ended.
    private(set) var isInBody = false
    /// Whether all of what is being read belongs to one body.
    private var isInside = false
    /// Whether something became complete by what is being read.
    private var hasPart = false

    init(headLimit: Int) {
        self.headLimit = headLimit
    }

    /// A request's head has come.
    mutating func receiveHead() {
        self = RequestFraming(headLimit: headLimit)
        isInBody = true
        hasPart = true
    }

    /// A part of its body has come.
    mutating func receiveBody(byteCount: Int) {
        bodyByteCount += byteCount
    }

    /// The request is complete.
    mutating func receiveEnd() {
        self = RequestFraming(headLimit: headLimit)
        hasPart = true
    }

    /// Some bytes are about to be read.
    mutating func beginRead() {
        hasPart = false
        isInside = isInBody
        if sentByteCount == 0 { sentByteCount = bodyByteCount }
    }

    /// Returns what is to be said of the bytes that were read.
    ///
    /// A read that made a head or a request complete is not counted: reads are small.
    mutating func endRead(byteCount: Int) -> Finding {
        guard !hasPart else { return .good }
        guard isInside else {
            headByteCount += byteCount
            return headByteCount > headLimit ? .headTooLarge : .partOfHead
        }
        sentByteCount += byteCount
        let around = sentByteCount - bodyByteCount
        return around > Self.allowance + bodyByteCount / Self.bodyByteCountPerByte ? .bodyTooThin : .good
    }
}
