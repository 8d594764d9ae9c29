/// Compares what a request's body holds with what was sent for it.
///
/// A chunk's size may be followed by extensions, which nobody here reads and the codec drops as they come; without a
/// bound a client could send them for ever. Bodies in tiny chunks are borne with, at up to eight bytes around each.
struct ChunkFraming {
    /// How much may stand around the bytes of a body that has none yet.
    private static let allowance = 16 * 1024
    /// How much more may stand around each byte.
    private static let allowancePerByte = 8

    private var isInBody = false
    /// Whether all of what is being read belongs to one body.
    private var isInside = false
    private var bodyByteCount = 0
    private var sentByteCount = 0

    /// A request's head has come.
    mutating func receiveHead() {
        self = ChunkFraming()
        isInBody = true
    }

    /// A part of its body has come.
    mutating func receiveBody(byteCount: Int) {
        bodyByteCount += byteCount
    }

    /// The request is complete.
    mutating func receiveEnd() {
        self = ChunkFraming()
    }

    /// Some bytes are about to be read.
    mutating func beginRead() {
        isInside = isInBody
        if sentByteCount == 0 { sentByteCount = bodyByteCount }
    }

    /// Returns false when too many bytes were sent around the body's.
    ///
    /// A read that a head or an end was part of is not counted: both have bounds of their own.
    mutating func endRead(byteCount: Int) -> Bool {
        guard isInside, isInBody else { return true }
        sentByteCount += byteCount
        return sentByteCount - bodyByteCount <= Self.allowance + Self.allowancePerByte * bodyByteCount
    }
}
