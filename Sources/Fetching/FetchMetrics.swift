import Metrics

/// The metrics of fetching; what became of an attempt is one of a fixed set.
struct FetchMetrics: Sendable {
    private let waiting = Gauge(label: "hooklog.fetch.waiting")
    private let failing = Gauge(label: "hooklog.fetch.failing")
    private let age = Gauge(label: "hooklog.fetch.age.seconds")
    private let duration = Timer(label: "hooklog.fetch.duration")

    /// Notes an attempt that said what an object is, or that there is none.
    func record(_ object: FetchedObject, elapsed: Duration) {
        switch object {
        case .present: count("object")
        case .absent: count("absent")
        }
        duration.record(duration: elapsed)
    }

    /// Notes an object whose event jsonb cannot hold.
    func recordUnparsed() { count("unparsed") }

    /// Notes an attempt that failed.
    func record(_ problem: FetchProblem, elapsed: Duration) {
        count(problem.code.rawValue)
        duration.record(duration: elapsed)
    }

    /// Notes what waits.
    func record(_ counts: FetchCounts) {
        waiting.record(counts.waiting)
        failing.record(counts.failing)
        age.record(counts.age)
    }

    private func count(_ outcome: String) {
        Counter(label: "hooklog.fetch.attempts", dimensions: [("outcome", outcome)]).increment()
    }
}
