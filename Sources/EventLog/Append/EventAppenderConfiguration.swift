/// The limits of an appender.
package struct EventAppenderConfiguration: Sendable {
    /// The most workspaces appended to at a time; the pool should have as many connections.
    package var workers: Int
    /// The most events in one append.
    package var batchCount: Int
    /// The most bytes of bodies in one append; a single larger body is appended alone.
    package var batchBytes: Int
    /// The most deliveries that wait or are being appended; the next gets `queueFull`.
    package var queueCount: Int
    /// The most bytes of their bodies.
    package var queueBytes: Int
    /// How long a caller waits before it gets `unavailable`.
    package var callTimeout: Duration
    /// How long a batch waits for a connection before its callers get `unavailable`.
    package var leaseTimeout: Duration
    /// After how long an append that does not end is given up; long past ``callTimeout``, so that what a slow disk or
    /// standby still confirms is kept and not cancelled.
    package var statementTimeout: Duration
    /// How long a graceful shutdown finishes what was accepted.
    package var drainTimeout: Duration

    package init(
        workers: Int = 4,
        batchCount: Int = 512,
        batchBytes: Int = 4 << 20,
        queueCount: Int = 8192,
        queueBytes: Int = 64 << 20,
        callTimeout: Duration = .seconds(10),
        leaseTimeout: Duration = .seconds(3),
        statementTimeout: Duration = .seconds(60),
        drainTimeout: Duration = .seconds(20)
    ) {
        self.workers = workers
        self.batchCount = batchCount
        self.batchBytes = batchBytes
        self.queueCount = queueCount
        self.queueBytes = queueBytes
        self.callTimeout = callTimeout
        self.leaseTimeout = leaseTimeout
        self.statementTimeout = statementTimeout
        self.drainTimeout = drainTimeout
    }
}
