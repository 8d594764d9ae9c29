/// What a vendor's API answered.
struct FetchResponse: Sendable, Hashable {
    let status: Int
    /// The value of `Retry-After`.
    let retryAfter: String?
    let body: [UInt8]

    init(status: Int, retryAfter: String? = nil, body: [UInt8] = []) {
        self.status = status
        self.retryAfter = retryAfter
        self.body = body
    }

    /// The wait that the answer asks for, when it says so in seconds.
    var retryDelay: Duration? {
        guard let retryAfter, let seconds = Int64(retryAfter), 0...86_400 ~= seconds else { return nil }
        return .seconds(seconds)
    }
}
