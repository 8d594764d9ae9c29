import EventLog
import Postgres

/// What became of a step.
struct StepReport: Sendable, Hashable {
    /// How a step ended.
    enum Outcome: String, Sendable, Hashable, CaseIterable {
        /// A page was folded.
        case folded
        /// There was nothing to read.
        case caughtUp = "caught_up"
        /// Somebody else is on it.
        case busy
        /// An earlier failure keeps it from being tried yet.
        case waiting
        /// Its successor is about to take over.
        case paused
        /// The page could not be folded; it is tried again later.
        case stopped
        /// There is no such generation.
        case gone
        /// The page ran out of time or resources; it is tried again in half the size.
        case halved
        /// The database is away.
        case unavailable
        /// The task was cancelled.
        case cancelled
    }

    let outcome: Outcome
    var events: Int64 = 0
    var position: Position?
    var setAside: Int64 = 0
    /// Whether there is more to read at once.
    var hasMore = false
    var elapsed = Duration.zero

    init(_ outcome: Outcome, hasMore: Bool = false) {
        self.outcome = outcome
        self.hasMore = hasMore
    }

    init(_ row: PostgresRow) throws(PostgresError) {
        guard let outcome = Outcome(rawValue: try row["outcome"]) else {
            throw PostgresError(.decoding, serverMessage: "there is no such outcome of a step")
        }
        self.outcome = outcome
        events = try row["events"]
        position = try row["position"]
        setAside = try row["set_aside"]
        hasMore = try row["more"]
    }
}
