import Postgres

/// The growing waits after failed attempts to fetch.
///
/// Each object has its own wait. When the API as a whole fails a third time in a row, all of the source's objects wait, and
/// one at a time is tried until one succeeds, the one that was tried least first. An object that has failed several times
/// while others did not is the one to blame: its failures no longer count against the API, so it holds up nobody.
package struct FetchBackoff: Sendable, Hashable {
    /// The wait after an object's first failure; it doubles with each further one.
    package var first = Duration.seconds(1)
    /// The longest wait of an object while the API fails.
    package var limit = Duration.seconds(60)
    /// The longest wait of an object whose failures are its own.
    package var ownLimit = Duration.seconds(3600)
    /// The longest wait of a source, unless its API asks for more.
    package var pauseLimit = Duration.seconds(30)
    /// The longest wait that an API is granted.
    package var requestedLimit = Duration.seconds(300)

    /// The failures of the API in a row from which on they are not put down to chance.
    static let notableFailures = 3
    /// The attempts after which an object's failures are its own while the API is well.
    static let chances = 3

    /// Creates the usual waits.
    package init() {}

    /// How long an object waits after so many attempts, all of which failed.
    ///
    /// `jitter` lies in 0..<1; the wait is between half of the full one and all of it.
    func delay(attempts: Int, isOwn: Bool, jitter: Double) -> Duration {
        Backoff(first: first, limit: isOwn ? ownLimit : limit).delay(afterAttempts: attempts, jitter: jitter)
    }

    /// How long a source waits when its API has failed so many times in a row, or asked for a wait.
    func pause(failures: Int, requested: Duration?, jitter: Double) -> Duration {
        if let requested { return min(max(requested, first), requestedLimit) }
        guard failures >= Self.notableFailures else { return .zero }
        let attempts = failures - Self.notableFailures + 1
        return Backoff(first: first, limit: pauseLimit).delay(afterAttempts: attempts, jitter: jitter)
    }
}
