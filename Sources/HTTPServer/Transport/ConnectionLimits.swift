import NIOCore

/// The deadlines and sizes that hold for each connection of a listener.
package struct ConnectionLimits: Sendable, Hashable {
    /// How long a request's head may take, from the connection's start or the end of the answer before it.
    ///
    /// It is absolute: bytes that trickle in do not extend it. It also ends connections that are kept open unused.
    package var headDeadline: Duration = .seconds(10)
    /// How long a body may pause.
    package var bodyIdleDeadline: Duration = .seconds(10)
    /// How long a body may take in all, from the end of the request's head.
    package var bodyDeadline: Duration = .seconds(30)
    /// How long an answer may make no progress, be it for want of the application or of a client that reads.
    package var responseDeadline: Duration = .seconds(60)
    /// How long a connection stays half-closed after an answer that came before the request's end.
    package var lingerDeadline: Duration = .milliseconds(900)
    /// How many bytes of a refused body are read and dropped before reading stops.
    package var lingerByteCount = 256 * 1024
    /// The greatest size of a request's head in bytes.
    package var headByteCount = 32 * 1024
    /// The greatest number of header fields.
    package var headerFieldCount = 100

    /// Creates the limits of the design: 10 s for a head, 10 s of pause and 30 s in all for a body.
    package init() {}
}

extension NIODeadline {
    /// Returns the deadline that much later.
    func advanced(by duration: Duration) -> NIODeadline {
        self + TimeAmount(duration)
    }
}
