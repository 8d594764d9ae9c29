import Locking
import ServiceLifecycle

/// Asks the probes every so often, so that a question about readiness costs nothing and puts no load on the database.
///
/// Probes run side by side, each with a deadline. Before the first round has ended, and when the last one is too old,
/// the node is not ready.
package final class ReadinessService: Service {
    private struct Round {
        let report: ReadinessReport
        let endedAt: ContinuousClock.Instant
    }

    private let probes: [ReadinessProbe]
    private let interval: Duration
    private let deadline: Duration
    private let now: @Sendable () -> ContinuousClock.Instant
    private let lastRound = Locked<Round?>(nil)

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
            return ReadinessReport(entries: [.init(name: "probes", answer: .notReady(reason))])
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
        let answers = await withTaskGroup(of: (Int, ReadinessProbe.Answer).self) { group in
            for (index, probe) in probes.enumerated() {
                group.addTask { [deadline] in (index, await Self.ask(probe, deadline: deadline)) }
            }
            var answers: [Int: ReadinessProbe.Answer] = [:]
            for await (index, answer) in group {
                answers[index] = answer
            }
            return answers
        }
        let entries = probes.enumerated().map { index, probe in
            ReadinessReport.Entry(name: probe.name, answer: answers[index] ?? .notReady("There was no answer."))
        }
        lastRound.withLock { $0 = Round(report: ReadinessReport(entries: entries), endedAt: now()) }
    }

    private static func ask(_ probe: ReadinessProbe, deadline: Duration) async -> ReadinessProbe.Answer {
        await withTaskGroup(of: ReadinessProbe.Answer.self) { group in
            group.addTask { await probe.check() }
            group.addTask {
                try? await ContinuousClock().sleep(for: deadline)
                return .notReady("There was no answer within \(deadline).")
            }
            let first = await group.next() ?? .notReady("There was no answer.")
            group.cancelAll()
            return first
        }
    }
}
