/// What is printed after a run.
struct SendReport: Encodable, Hashable {
    let requested: Int
    let answered: Int
    let accepted: Int
    let duplicate: Int
    let conflict: Int
    /// Deliveries that were answered with something else than 2xx.
    let refused: Int
    /// Deliveries that were sent and got no answer.
    let unanswered: Int
    /// The count of each status.
    let statuses: [String: Int]
    let seconds: Double
    /// Answers per second.
    let rate: Double
    let p50Ms: Double?
    let p99Ms: Double?
    let maxMs: Double?

    /// Sums up a run that took this long.
    init(_ tally: SendTally, requested: Int, elapsed: Duration) {
        let seconds = elapsed / .seconds(1)
        self.requested = requested
        answered = tally.answered
        accepted = tally.outcomes[.accepted] ?? 0
        duplicate = tally.outcomes[.duplicate] ?? 0
        conflict = tally.outcomes[.conflict] ?? 0
        refused = tally.refused
        unanswered = tally.unanswered
        statuses = Dictionary(uniqueKeysWithValues: tally.statuses.map { (String($0.key), $0.value) })
        self.seconds = (seconds * 1000).rounded() / 1000
        rate = seconds > 0 ? (Double(tally.answered) / seconds * 10).rounded() / 10 : 0
        p50Ms = tally.latencies.quantile(0.5).map { Double($0) / 1000 }
        p99Ms = tally.latencies.quantile(0.99).map { Double($0) / 1000 }
        maxMs = tally.answered > 0 ? Double(tally.latencies.maximum) / 1000 : nil
    }

    /// Whether every delivery was answered with 2xx.
    var isComplete: Bool { answered == requested && refused == 0 }

    /// The report for people.
    var text: String {
        let counts = [("accepted", accepted), ("duplicate", duplicate), ("conflict", conflict)]
        let failures = [
            ("refused", refused), ("unanswered", unanswered), ("not sent", requested - answered - unanswered),
        ]
        let shown = counts + failures.filter { $0.1 > 0 }
        var lines = [
            "\(answered) answered in \(seconds) s, \(rate) per second",
            shown.map { "\($0.0) \($0.1)" }.joined(separator: ", "),
        ]
        let kinds = statuses.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        if !kinds.isEmpty { lines.append("status " + kinds.joined(separator: ", ")) }
        if let p50Ms, let p99Ms, let maxMs {
            lines.append("latency p50 \(p50Ms) ms, p99 \(p99Ms) ms, max \(maxMs) ms")
        }
        return lines.joined(separator: "\n")
    }
}
