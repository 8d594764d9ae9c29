/// How far a read model is behind the log.
struct ProjectionLag: Sendable, Hashable {
    /// The number of unread events.
    var events: Int64 = 0
    /// The age of the oldest of them, in seconds.
    var seconds: Double = 0

    /// Keeps the greater of each.
    mutating func formMaximum(_ other: ProjectionLag) {
        events = max(events, other.events)
        seconds = max(seconds, other.seconds)
    }
}
