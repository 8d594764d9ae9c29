/// How long reads may take.
package struct ReadLimits: Sendable {
    /// The longest wait for a statement's answer, queueing included.
    package var statementTimeout: Duration
    /// The longest wait for a position that a request asked for.
    package var positionTimeout: Duration

    /// Creates limits, of five seconds each unless stated.
    package init(statementTimeout: Duration = .seconds(5), positionTimeout: Duration = .seconds(5)) {
        self.statementTimeout = statementTimeout
        self.positionTimeout = positionTimeout
    }
}
