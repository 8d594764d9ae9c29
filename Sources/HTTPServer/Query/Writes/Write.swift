import Postgres

/// A request that writes, as far as its path tells.
protocol Write: Sendable {
    /// Whether it makes something: such a request may carry an idempotency key.
    var creates: Bool { get }

    /// Whether the body counts.
    var hasBody: Bool { get }

    /// What is said of other outcomes than success.
    var refusing: any Refusing { get }

    /// The statement that does it, with what it is given besides the key.
    ///
    /// Throws what is wrong with the body, or with the request.
    func statement(body: [UInt8], idempotencyKey: String?) throws -> (PostgresStatement, [PostgresParameter])
}
