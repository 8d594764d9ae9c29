/// How objects are fetched.
package struct FetchConfiguration: Sendable {
    /// The most objects that this process fetches at a time.
    package var concurrency = 16
    /// The most of them that belong to one source.
    package var sourceConcurrency = 4
    /// The most logs that are read for thin events at a time.
    package var planConcurrency = 2
    /// The most events that are read in one statement.
    package var pageSize: Int32 = 5_000
    /// For how long events gather before a log is read, from the first.
    package var gathering = Duration.milliseconds(20)
    /// How long a request to a vendor's API may take from its start to the last byte of the answer.
    package var requestTimeout = Duration.seconds(15)
    /// After how long an object that was taken may be taken by another process; longer than a request may take.
    package var lease = Duration.seconds(30)
    /// The time between two looks at all sources, for what wake-ups missed.
    package var sweepInterval = Duration.seconds(10)
    /// For how long this process leaves a source alone whose token it cannot open, so that others can fetch.
    package var sealedRest = Duration.seconds(60)
    /// How long the attempts are apart.
    package var backoff = FetchBackoff()

    /// Creates the usual configuration.
    package init() {}
}
