/// The limits of an appender.
package struct EventAppenderConfiguration: Sendable {
    /// The most workspaces appended to at a time; the pool should have as many connections.
    package var workers = 4
    /// The most events in one append.
    package var batchCount = 512
    /// The most bytes of bodies in one append; a single larger body is appended alone.
    package var batchBytes = 4 << 20
    /// The most deliveries that wait or are being appended; the next gets `queueFull`.
    package var queueCount = 8192
    /// The most bytes of their bodies.
    package var queueBytes = 64 << 20
    /// How long a caller waits before it gets `unavailable`.
    package var callTimeout = Duration.seconds(10)
    /// How long a batch waits for a connection before its callers get `unavailable`.
    package var leaseTimeout = Duration.seconds(3)
    /// After how long an append that does not end is given up; long past ``callTimeout``, so that what a slow disk or
    /// standby still confirms is kept and not cancelled.
    package var statementTimeout = Duration.seconds(60)
    /// How long a graceful shutdown finishes what was accepted.
    package var drainTimeout = Duration.seconds(20)

    /// Creates the usual limits.
    package init() {}
}
