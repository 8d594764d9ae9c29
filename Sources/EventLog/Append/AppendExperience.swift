import Locking

/// What the appender met with lately, which is what senders were told.
final class AppendExperience: Sendable {
    private struct Failure {
        let error: EventLogError
        let at: ContinuousClock.Instant
    }

    private let failure = Locked<Failure?>(nil)

    /// Notes what became of a batch; a failure that is about one delivery or a caller says nothing of the log.
    func note(_ error: EventLogError?, at now: ContinuousClock.Instant) {
        guard let error else { return failure.withLock { $0 = nil } }
        guard error.code == .unavailable || error.code == .databaseFailed else { return }
        failure.withLock { $0 = Failure(error: error, at: now) }
    }

    /// The failure since which nothing was appended, unless it was longer ago than the span.
    func failure(within span: Duration, of now: ContinuousClock.Instant) -> EventLogError? {
        failure.withLock { $0 }.flatMap { now - $0.at <= span ? $0.error : nil }
    }
}
