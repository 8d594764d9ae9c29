/// Chooses how much of the log one step reads.
///
/// A page of more events costs less for each; a page that takes long keeps commands and other readers of the checkpoint
/// waiting. So pages begin small, double while they fill up fast, and halve when they take too long.
struct PageSizer: Sendable, Hashable {
    /// The bounds for the generations of one state.
    struct Bounds: Sendable, Hashable {
        let smallest: Int32
        let largest: Int32
        let bytes: Int64
        /// The time that a page should take.
        let target: Duration

        /// A page of the read model that is being read.
        static let live = Bounds(smallest: 500, largest: 50_000, bytes: 16 << 20, target: .milliseconds(100))
        /// A page of one that is not.
        static let build = Bounds(smallest: 5_000, largest: 250_000, bytes: 256 << 20, target: .seconds(1))
        /// A page of a rebuild that has a process of its own.
        static let rebuild = Bounds(smallest: 500_000, largest: 500_000, bytes: 512 << 20, target: .seconds(30))

        static func bounds(for state: ProjectionGeneration.State) -> Bounds {
            switch state {
            case .active, .retired: .live
            case .building: .build
            }
        }
    }

    let bounds: Bounds
    private(set) var events: Int32

    init(_ bounds: Bounds) {
        self.bounds = bounds
        events = bounds.smallest
    }

    /// Learns from a page that was folded.
    mutating func note(isFull: Bool, elapsed: Duration) {
        if elapsed > bounds.target * 2 {
            events = max(bounds.smallest, events / 2)
        } else if isFull, elapsed < bounds.target / 2 {
            events = min(bounds.largest, events * 2)
        }
    }
}
