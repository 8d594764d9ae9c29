import Locking
import Logging
import Metrics
import Postgres
import ServiceLifecycle

/// Looks at the log every so often, so that readiness and metrics tell of it as it is now.
///
/// Every ten seconds: whether the database takes writes (where this process writes to the log), and how many months
/// ahead have their partition (the gauge `hooklog.log.partition.months_ahead`). Every sixth time: whether a log has lost
/// events (`hooklog.log.damaged`), which costs a few index probes for each workspace.
package final class LogWatch: Service {
    /// What was seen.
    private struct Sight {
        var writing: String?
        var partitions: String?
        var damage: String?
        var seenAt: ContinuousClock.Instant
    }

    private static let interval = Duration.seconds(10)
    private static let looksPerDamageLook = 6

    private let inspector: LogInspector
    private let triesWriting: Bool
    private let now: @Sendable () -> ContinuousClock.Instant
    private let logger: Logger
    private let sight = Locked<Sight?>(nil)
    private let monthsAhead = Gauge(label: "hooklog.log.partition.months_ahead")
    private let damagedLogs = Gauge(label: "hooklog.log.damaged")

    /// Creates a watch.
    ///
    /// - Parameter triesWriting: Whether the process is one that writes to the log.
    package init(
        inspector: LogInspector,
        triesWriting: Bool,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        logger: Logger
    ) {
        self.inspector = inspector
        self.triesWriting = triesWriting
        self.now = now
        self.logger = logger
    }

    /// What keeps the log from taking events, or has damaged it, in one sentence; `nil` when all is well.
    package var trouble: String? {
        guard let sight = sight.withLock({ $0 }), now() - sight.seenAt <= Self.interval * 3 else {
            return "Nobody has looked at the log lately; the process is starting, stopping or overloaded."
        }
        return sight.writing ?? sight.partitions ?? sight.damage
    }

    /// Looks until the graceful shutdown or cancellation.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            var looks = 0
            repeat {
                await self.look(atDamage: looks % Self.looksPerDamageLook == 0)
                looks += 1
            } while (try? await ContinuousClock().sleep(for: Self.interval)) != nil
        }
    }

    /// Looks once.
    package func look(atDamage looksAtDamage: Bool = true) async {
        let writing = triesWriting ? await writingTrouble() : nil
        let partitions = await partitionTrouble()
        let damage = looksAtDamage ? await damage() : sight.withLock { $0?.damage }
        let seen = Sight(writing: writing, partitions: partitions, damage: damage, seenAt: now())
        let before = sight.withLock { sight in
            defer { sight = seen }
            return sight
        }
        for (old, new) in [(before?.writing, writing), (before?.partitions, partitions), (before?.damage, damage)] {
            if let new, new != old { logger.error("The log is in trouble", metadata: ["trouble": "\(new)"]) }
        }
    }

    private func writingTrouble() async -> String? {
        do throws(PostgresError) {
            try await inspector.tryWriting()
            return nil
        } catch {
            return "The database takes no writes, so senders get 503: \(error)"
        }
    }

    private func partitionTrouble() async -> String? {
        do throws(PostgresError) {
            let months = try await inspector.monthsAhead()
            monthsAhead.record(months)
            guard months < 0 else { return nil }
            return "The log has no partition for the present month, so senders get 503. Run `hooklog doctor`."
        } catch {
            return "The log's partitions cannot be looked at: \(error)"
        }
    }

    private func damage() async -> String? {
        do throws(PostgresError) {
            let damaged = try await inspector.damagedLogs()
            damagedLogs.record(damaged.count)
            guard let first = damaged.first else { return nil }
            let more = damaged.count > 1 ? " (and \(damaged.count - 1) more)" : ""
            return "Events are lost: \(first)\(more). Run `hooklog doctor`."
        } catch {
            return "The logs' ends cannot be looked at: \(error)"
        }
    }
}
