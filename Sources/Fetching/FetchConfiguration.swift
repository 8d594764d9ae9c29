/// How objects are fetched.
package struct FetchConfiguration: Sendable {
    /// The most objects that this process fetches at a time.
    package var concurrency: Int
    /// The most of them that belong to one source.
    package var sourceConcurrency: Int
    /// The most logs that are read for thin events at a time.
    package var planConcurrency: Int
    /// The most events that are read in one statement.
    package var pageSize: Int32
    /// For how long events gather before a log is read, from the first.
    package var gathering: Duration
    /// How long a request to a vendor's API may take from its start to the last byte of the answer.
    package var requestTimeout: Duration
    /// After how long an object that was taken may be taken by another process; longer than a request may take.
    package var lease: Duration
    /// The time between two looks at all sources, for what wake-ups missed.
    package var sweepInterval: Duration
    /// For how long this process leaves a source alone whose token it cannot open, so that others can fetch.
    package var sealedRest: Duration
    /// How long the attempts are apart.
    package var backoff: FetchBackoff

    package init(
        concurrency: Int = 16,
        sourceConcurrency: Int = 4,
        planConcurrency: Int = 2,
        pageSize: Int32 = 5_000,
        gathering: Duration = .milliseconds(20),
        requestTimeout: Duration = .seconds(15),
        lease: Duration = .seconds(30),
        sweepInterval: Duration = .seconds(10),
        sealedRest: Duration = .seconds(60),
        backoff: FetchBackoff = FetchBackoff()
    ) {
        self.concurrency = concurrency
        self.sourceConcurrency = sourceConcurrency
        self.planConcurrency = planConcurrency
        self.pageSize = pageSize
        self.gathering = gathering
        self.requestTimeout = requestTimeout
        self.lease = lease
        self.sweepInterval = sweepInterval
        self.sealedRest = sealedRest
        self.backoff = backoff
    }
}
