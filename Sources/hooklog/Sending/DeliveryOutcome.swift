/// What a receiver says it did with a delivery.
enum DeliveryOutcome: String, Sendable, Hashable, CaseIterable {
    /// It is in the log now.
    case accepted
    /// It was in the log before.
    case duplicate
    /// An event with this id and another body was in the log before.
    case conflict

    /// Reads the outcome from the body of a response of ours; `nil` for any other body.
    init?(body: ArraySlice<UInt8>) {
        guard body.count < 1024,
            let start = body.indices.first(where: { body[$0...].starts(with: Self.member) })
        else { return nil }
        let word = body[(start + Self.member.count)...].prefix { $0 != UInt8(ascii: "\"") }
        self.init(rawValue: String(decoding: word, as: UTF8.self))
    }

    private static let member = Array(#""status":""#.utf8)
}
