import HTTPTypes
import Hummingbird
import NIOCore

/// Reads a request's body into one array, counting as it comes.
struct BodyCollector {
    private static let initialCapacity = 64 * 1024

    let limit: Int

    /// Returns the body's bytes as received.
    ///
    /// Throws ``HTTPFailure`` (413) as soon as the stated length or what has come exceeds the limit,
    /// ``RequestRefusal`` when the connection gave the request up, and ``HTTPFailure`` (400) when the client went away.
    func collect(_ request: Request) async throws -> [UInt8] {
        let stated = request.headers[.contentLength].flatMap { Int($0) }
        if let stated, stated > limit {
            throw HTTPFailure.contentTooLarge(limit: limit)
        }
        var body: [UInt8] = []
        body.reserveCapacity(min(stated ?? 0, Self.initialCapacity))
        for try await buffer in request.body {
            guard buffer.readableBytes <= limit - body.count else {
                throw HTTPFailure.contentTooLarge(limit: limit)
            }
            body.append(contentsOf: buffer.readableBytesView)
        }
        // A connection that breaks ends the sequence just as the body's end does.
        guard stated == nil || stated == body.count else {
            throw RequestRefusal.malformed
        }
        return body
    }
}
