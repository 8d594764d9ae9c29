import EventLog

/// How a wait for a read model ends.
enum WaiterAnswer: Sendable, Hashable {
    /// The read model has reached the position.
    case reached(Position)
    /// The position is above the head of the log.
    case beyondHead(Position)
    /// The deadline passed; the read model is at the position, if it was seen.
    case timedOut(Position?)
    /// The waiter gave up, or the service has ended.
    case cancelled
    /// There is no such read model.
    case unknown
    /// Too many wait.
    case refused
}
