import EventLog
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The answer to a sender that asks whether an address is the receiver's: its challenge, repeated.
///
/// Only visible ASCII goes back, as text or in a JSON string, so that nothing can be made of the answer in a browser.
struct HandshakeAnswer {
    private static let maximumByteCount = 1024

    private let challenge: String
    private let isJSON: Bool

    /// Reads the challenge; nil when there is not exactly one that may be repeated.
    init?(_ question: HandshakeQuestion, _ request: Request) {
        let values: [String]
        switch question {
        case .query(let name):
            values = request.uri.queryParameters[values: name[...]].map(String.init)
            isJSON = false
        case .header(let name):
            values = request.headers[named: name]
            isJSON = true
        }
        guard values.count == 1, let value = values.first, 1...Self.maximumByteCount ~= value.utf8.count,
            value.utf8.allSatisfy({ 0x21...0x7E ~= $0 })
        else { return nil }
        challenge = value
    }

    /// The response, which no cache keeps and no browser takes for a page.
    var response: Response {
        var response = ReceiverResponses.challenge(challenge)
        if isJSON {
            var json = JSONText(.dropped, capacity: 64)
            json.append(#"{"verification":"#)
            json.append(string: challenge)
            json.append("}")
            response = Response(.ok, ByteBuffer(bytes: json.bytes))
        }
        response.headers[.cacheControl] = "no-store"
        return response
    }
}
