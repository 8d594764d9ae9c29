/// How far a rebuild is.
package struct RebuildProgress: Sendable, Hashable {
    /// What a rebuild is at.
    package enum Phase: String, Sendable, Hashable {
        /// It folds the log into the new tables.
        case folding
        /// It makes indexes and changes the views over.
        case takingOver = "taking_over"
        /// The new tables are in use.
        case done
    }

    /// What it is at.
    package var phase: Phase
    /// The events folded so far.
    package var eventsDone: Int64
    /// The events to be folded; grows with the log.
    package var eventsTotal: Int64
    /// The events folded in a second, of late.
    package var eventsPerSecond: Double
    /// How much longer the folding takes at that rate; nil before the rate is known.
    package var remaining: Duration?
}
