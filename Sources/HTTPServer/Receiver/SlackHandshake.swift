import Foundation

/// The challenge by which Slack asks whether an address is the receiver's, which must be answered and is no event.
struct SlackHandshake: Decodable {
    private static let maximumBodyByteCount = 4096
    private static let maximumChallengeByteCount = 1024
    private static let marker = Array("url_verification".utf8)

    let challenge: String

    private enum CodingKeys: CodingKey {
        case type
        case challenge
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard try container.decode(String.self, forKey: .type) == "url_verification" else {
            throw DecodingError.dataCorruptedError(forKey: .type, in: container, debugDescription: "another type")
        }
        challenge = try container.decode(String.self, forKey: .challenge)
    }

    /// Reads a verified body; nil for every body that is not such a question.
    init?(body: [UInt8]) {
        guard body.count <= Self.maximumBodyByteCount, body.contains(Self.marker),
            let handshake = try? JSONDecoder().decode(SlackHandshake.self, from: Data(body)),
            handshake.challenge.utf8.count <= Self.maximumChallengeByteCount
        else { return nil }
        self = handshake
    }
}
