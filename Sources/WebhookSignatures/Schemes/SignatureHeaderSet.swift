/// The names of the headers that belong together in one delivery, all lower-case.
struct SignatureHeaderSet: Sendable, Hashable {
    let signature: String
    let timestamp: String?
    let id: String?
    /// The names in the order in which a missing one is reported.
    let names: [String]

    init(signature: String, timestamp: String? = nil, id: String? = nil) {
        self.signature = signature
        self.timestamp = timestamp
        self.id = id
        self.names = [id, timestamp, signature].compactMap(\.self)
    }
}
