/// How much a write may take.
package struct WriteLimits: Sendable {
    /// The longest wait for a statement's answer, that for a connection included.
    package var statementTimeout: Duration
    /// The greatest size of a body in bytes.
    package var bodyByteCount: Int

    /// Creates limits, of five seconds and 1 MiB unless stated.
    package init(statementTimeout: Duration = .seconds(5), bodyByteCount: Int = 1 << 20) {
        self.statementTimeout = statementTimeout
        self.bodyByteCount = bodyByteCount
    }
}
