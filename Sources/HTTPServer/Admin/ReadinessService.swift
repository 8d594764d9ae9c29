import Locking
import ServiceLifecycle

/// Asks the probes every so often, so that a question about readiness costs nothing and puts no load on the database.
///
/// Probes run side by side, each with a deadline. Before the first round has ended, and when the last one is too old,
/// the node is not ready.
package final class ReadinessService: Service {
    private let probes: [ReadinessProbe]
    private let interval: Duration
    private let deadline: Duration
    private let now: @Sendable () -> ContinuousClock.Instant
    private let lastRound = Locked<(report: ReadinessReport, endedAt: ContinuousClock.Instant)?>(nil)

    /// Creates a service.
    ///
    /// - Parameters:
    ///   - interval: The time between two rounds.
    ///   - deadline: How long a probe may take.
    package init(
        probes: [ReadinessProbe],
        interval: Duration = .seconds(1),
        deadline: Duration = .seconds(2),
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.probes = probes
        self.interval = interval
        self.deadline = deadline
        self.now = now
    }

    /// What the probes said last.
    package var report: ReadinessReport {
        let round = lastRound.withLock { $0 }
        guard let round, now() - round.endedAt <= interval + deadline * 2 else {
            let reason = "There is no recent answer; the node is starting, stopping or overloaded."
            return ReadinessReport(answers: [(probe: "probes", trouble: reason)])
        }
        return round.report
    }

    /// Asks until graceful shutdown or cancellation.
    package func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await self.ask()
                try await ContinuousClock().sleep(for: self.interval)
            }
        }
    }

    /// Asks every probe once.
    package func ask() async {
        let answers = await withTaskGroup(of: (Int, String?).self) { group in
            for (index, probe) in probes.enumerated() {
                group.addTask { [deadline] in (index, await Self.ask(probe, deadline: deadline)) }
            }
            var answers = probes.map { (probe: $0.name, trouble: String?.some("There was no answer.")) }
            for await (index, trouble) in group {
                answers[index].trouble = trouble
            }
            return answers
        }
        lastRound.withLock { $0 = (ReadinessReport(answers: answers), now()) }
    }

    private static func ask(_ probe: ReadinessProbe, deadline: Duration) async -> String? {
        await withTaskGroup(of: String?.self) { group in
            group.addTask { await probe.trouble() }
            group.addTask {
                try? await ContinuousClock().sleep(for: deadline)
                return "There was no answer within \(deadline)."
            }
            let first: String? = await group.next() ?? "There was no answer."
            group.cancelAll()
            return first
        }
    }
}
