import HTTPTypes

/// How a key stands towards its limit, as answers tell it.
struct RateLimitStanding: Hashable, Sendable {
    /// The requests allowed in any minute.
    let limit: Int
    /// How many more would be admitted now.
    let remaining: Int
    /// The Unix second at which the oldest counted request no longer counts.
    let resetsAt: Int64

    /// The contract's header fields.
    var headers: HTTPFields {
        var headers: HTTPFields = [:]
        for (name, value) in [
            (Self.limitName, Int64(limit)), (Self.remainingName, Int64(remaining)), (Self.resetName, resetsAt),
        ] {
            if let name { headers[name] = String(value) }
        }
        return headers
    }

    private static let limitName = HTTPField.Name("X-RateLimit-Limit")
    private static let remainingName = HTTPField.Name("X-RateLimit-Remaining")
    private static let resetName = HTTPField.Name("X-RateLimit-Reset")
}
