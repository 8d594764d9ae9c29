/// The counts of a run.
struct SendTally: Sendable, Hashable {
    /// How many responses had each status.
    private(set) var statuses: [Int: Int] = [:]
    /// How many deliveries ended in each way that the receiver told.
    private(set) var outcomes: [DeliveryOutcome: Int] = [:]
    /// How many deliveries got no answer: the connection broke or nothing came in time.
    var unanswered = 0
    /// The times from sending, or from when it was due at a given rate, to the whole response.
    private(set) var latencies = LatencyHistogram()

    /// Counts a response.
    mutating func record(status: Int, outcome: DeliveryOutcome?, microseconds: Int64) {
        statuses[status, default: 0] += 1
        if (200..<300).contains(status) {
            outcomes[outcome ?? .accepted, default: 0] += 1
        }
        latencies.record(microseconds: microseconds)
    }

    /// How many responses there were.
    var answered: Int { latencies.count }
    /// How many responses were not 2xx.
    var refused: Int { statuses.reduce(0) { (200..<300).contains($1.key) ? $0 : $0 + $1.value } }
}
