import EventLog
import HTTPTypes
import Hummingbird
import NIOCore

/// The answers to deliveries.
enum ReceiverResponses {
    /// The one answer to every delivery whose signature is not good, whatever is wrong with it.
    static let rejected = Response(
        .unauthorized,
        ByteBuffer(string: #"{"error":"signature verification failed"}"#)
    )

    /// The answer to a delivery that the log holds.
    static func receipt(at position: Position, _ outcome: WebhookMetrics.Outcome) -> Response {
        let position = String(position.rawValue)
        var body = ByteBuffer()
        body.reserveCapacity(64)
        body.writeStaticString(#"{"position":"#)
        body.writeString(position)
        body.writeStaticString(#","status":""#)
        body.writeString(outcome.rawValue)
        body.writeStaticString("\"}\n")
        return Response(.accepted, body, [.hooklogPosition: position])
    }

    /// The answer to a handshake.
    static func challenge(_ text: String) -> Response {
        Response(.ok, ByteBuffer(string: text), type: "text/plain; charset=utf-8")
    }
}
