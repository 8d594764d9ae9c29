/// How a projector works.
package struct ProjectorConfiguration: Sendable {
    /// The most steps at a time in this process; the pool should be as large and two more.
    package var concurrency: Int
    /// The most of them that may be steps of a build that nobody reads yet.
    package var buildConcurrency: Int
    /// The time between two looks at a slice of the workspaces, for what wake-ups missed.
    package var sweepInterval: Duration
    /// The number of workspaces that one look takes in.
    package var sweepSize: Int
    /// How long a page may take before it is given up and halved.
    package var pageTimeout: Duration
    /// A build takes over when it is no more than so many events behind.
    package var swapLag: Int64
    /// How long a superseded version is kept up to date before it is dropped.
    package var rollbackWindow: Duration

    package init(
        concurrency: Int = 4,
        buildConcurrency: Int = 1,
        sweepInterval: Duration = .seconds(2),
        sweepSize: Int = 1_000,
        pageTimeout: Duration = .seconds(60),
        swapLag: Int64 = 5_000,
        rollbackWindow: Duration = .seconds(3_600)
    ) {
        self.concurrency = concurrency
        self.buildConcurrency = buildConcurrency
        self.sweepInterval = sweepInterval
        self.sweepSize = sweepSize
        self.pageTimeout = pageTimeout
        self.swapLag = swapLag
        self.rollbackWindow = rollbackWindow
    }
}
