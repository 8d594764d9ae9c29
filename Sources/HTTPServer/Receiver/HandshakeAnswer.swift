import EventLog
import Hummingbird

/// The answer to a sender that asks whether an address is the receiver's: its challenge, repeated.
///
/// Only visible ASCII goes back, as text or in a JSON string, so that nothing can be made of the answer in a browser.
enum HandshakeAnswer {
    private static let maximumByteCount = 1024

    /// The response, which no cache keeps and no browser takes for a page; nil when there is not exactly one challenge that
    /// may be repeated.
    static func response(to question: HandshakeQuestion, in request: Request) -> Response? {
        let values: [String] =
            switch question {
            case .query(let name): request.uri.queryParameters[values: name[...]].map(String.init)
            case .header(let name): request.headers[named: name]
            }
        guard values.count == 1, let challenge = values.first, 1...maximumByteCount ~= challenge.utf8.count,
            challenge.utf8.allSatisfy({ 0x21...0x7E ~= $0 })
        else { return nil }
        var response =
            switch question {
            case .query: ReceiverResponses.challenge(challenge)
            case .header: Response(.ok, ByteBuffer(string: "{\"verification\":\(JSONText.quoted(challenge))}"))
            }
        response.headers[.cacheControl] = "no-store"
        return response
    }
}
