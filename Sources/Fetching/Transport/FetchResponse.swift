/// What a vendor's API answered.
package struct FetchResponse: Sendable, Hashable {
    /// The status code.
    package let status: Int
    /// The value of `Retry-After`.
    package let retryAfter: String?
    /// The body.
    package let body: [UInt8]

    /// Creates an answer.
    package init(status: Int, retryAfter: String? = nil, body: [UInt8] = []) {
        self.status = status
        self.retryAfter = retryAfter
        self.body = body
    }

    /// The wait that the answer asks for, when it says so in seconds.
    package var retryDelay: Duration? {
        guard let retryAfter, let seconds = Int64(retryAfter), 0...86_400 ~= seconds else { return nil }
        return .seconds(seconds)
    }
}
