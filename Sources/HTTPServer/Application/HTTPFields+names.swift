import HTTPTypes

extension HTTPField.Name {
    /// The position that an answer stands for.
    package static let hooklogPosition = own("Hooklog-Position")
    /// Says that an answer is that to an earlier request with the same idempotency key.
    static let idempotentReplayed = own("Idempotent-Replayed")
    /// How a key stands towards its limit.
    static let rateLimitLimit = own("X-RateLimit-Limit")
    static let rateLimitRemaining = own("X-RateLimit-Remaining")
    static let rateLimitReset = own("X-RateLimit-Reset")

    private static func own(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is a valid header name") }
        return name
    }
}

extension HTTPFields {
    /// The values of the fields of a name; none when no field can have it.
    subscript(named name: String) -> [String] { HTTPField.Name(name).map { self[values: $0] } ?? [] }

    /// Whether the body is sent as it is.
    var tellOfNoEncoding: Bool {
        self[values: .contentEncoding].allSatisfy { $0.isEmpty || $0.lowercased() == "identity" }
    }
}
