/// Where a sender puts the challenge by which it asks with GET whether an address is the receiver's.
///
/// The answer repeats the challenge, as text for `query:hub.challenge` or as JSON for `header:X-Okta-Verification-Challenge`.
/// It proves nothing about whoever asks, and stores nothing.
package enum HandshakeQuestion: Sendable, Hashable {
    /// An item of the query; the answer is its value as text.
    case query(String)
    /// A header, whose name is in lower case; the answer is `{"verification": value}`.
    case header(String)

    /// Reads `query:NAME` or `header:NAME`; nil for anything else.
    package init?(_ text: String) {
        if case .header(let name) = EventLocation(text) {
            self = .header(name)
            return
        }
        let parts = text.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, parts[0] == "query", parts[1].utf8.count <= 100,
            parts[1].utf8.allSatisfy({ 0x21...0x7E ~= $0 })
        else { return nil }
        self = .query(String(parts[1]))
    }
}

extension HandshakeQuestion: KeptAsText {
    /// The question as it is written.
    package var description: String {
        switch self {
        case .query(let name): "query:\(name)"
        case .header(let name): "header:\(name)"
        }
    }
}
