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
        [
            .rateLimitLimit: String(limit), .rateLimitRemaining: String(remaining), .rateLimitReset: String(resetsAt),
        ]
    }
}
