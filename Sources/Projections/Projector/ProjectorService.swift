import EventLog
import Locking
import Logging
import Postgres
import ServiceLifecycle

/// Keeps the read models of all workspaces up to date.
///
///     LogActivity ──▶ wake ─┐
///     sweep ────────▶ wake ─┼─▶ ProjectorStateMachine ─▶ step ─▶ hooklog.project() ─▶ ReadModelWaiter
///                           │        (one worker per workspace, a bounded number in all)
///     keeper: builds that have caught up take over, superseded ones are dropped
///
/// Users' projections have a projector of their own beside that of the built-in ones, with a pool, workers and time-outs
/// of its own, so that none of theirs holds up what commands and readers wait for.
///
/// Everything that counts is decided in the database, under the checkpoint's lock: any number of processes may run this
/// side by side and be killed at any moment. A lost wake-up costs the time until the next sweep.
///
/// On graceful shutdown it starts no more pages, finishes those in hand, within a time limit, and returns. It never fails: while the database
/// is away it tries again with each sweep.
package final class ProjectorService: Service {
    private let activity: LogActivity
    private let configuration: ProjectorConfiguration
    private let pool: PostgresPool
    private let stepper: ProjectionStepper
    private let keeper: GenerationKeeper
    private let waiter: ReadModelWaiter?
    private let logger: Logger
    private let clock = ContinuousClock()
    private let state: Locked<ProjectorStateMachine>
    private let metrics = ProjectorMetrics()
    private let wakeUp = Signal()
    private let sweepNow = Signal()

    /// Creates a projector over a pool of its own.
    package init(
        pool: PostgresPool,
        activity: LogActivity,
        waiter: ReadModelWaiter? = nil,
        configuration: ProjectorConfiguration = ProjectorConfiguration(),
        logger: Logger
    ) {
        self.pool = pool
        self.activity = activity
        self.waiter = waiter
        self.configuration = configuration
        self.logger = logger
        stepper = ProjectionStepper(
            pool: pool,
            pageTimeout: configuration.pageTimeout,
            isolatesPages: configuration.scope == .users,
            metrics: metrics,
            logger: logger
        )
        keeper = GenerationKeeper(
            pool: pool,
            swap: GenerationSwap(pool: pool, stepper: stepper, logger: logger),
            configuration: configuration,
            logger: logger
        )
        state = Locked(
            ProjectorStateMachine(
                concurrency: configuration.concurrency,
                buildConcurrency: configuration.buildConcurrency
            )
        )
    }

    /// Projects until graceful shutdown or cancellation; call it once.
    package func run() async throws {
        await withGracefulShutdownHandler {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await self.dispatchWithinTheDrain() }
                group.addTask { await cancelWhenGracefulShutdown { await self.follow() } }
                group.addTask { await cancelWhenGracefulShutdown { await self.sweep() } }
                group.addTask { await cancelWhenGracefulShutdown { await self.keeper.run() } }
            }
        } onGracefulShutdown: {
            self.state.withLock { $0.stop() }
            self.wakeUp.finish()
        }
    }

    /// Dispatches; cancels the steps in hand when they take too long after the graceful shutdown began.
    private func dispatchWithinTheDrain() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.dispatch() }
            group.addTask { [clock, limit = configuration.drainTimeout] in
                guard (try? await gracefulShutdown()) != nil else { return }
                try? await clock.sleep(for: limit)
            }
            await group.next()
            group.cancelAll()
        }
    }

    /// Starts steps as there is room; returns when it was told to stop and the steps in hand are done.
    private func dispatch() async {
        await withDiscardingTaskGroup { group in
            for await _ in wakeUp {
                while let step = state.withLock({ $0.next() }) {
                    group.addTask { await self.take(step) }
                }
                guard let due = state.withLock({ $0.armTimer() }) else { continue }
                group.addTask { await self.release(at: due) }
            }
        }
    }

    private func take(_ step: ProjectionStep) async {
        let report = await stepper.take(step)
        if step.state == .active, let position = report.position {
            waiter?.advanced(step.workspace, step.key.projection, to: position)
        }
        let now = clock.now
        state.withLock { $0.finish(step, report, now: now) }
        if report.outcome == .gone { sweepNow.send() }
        wakeUp.send()
    }

    private func release(at due: ContinuousClock.Instant) async {
        guard (try? await clock.sleep(until: due)) != nil else { return }
        let now = clock.now
        state.withLock { $0.releaseDue(now: now) }
        wakeUp.send()
    }

    private func follow() async {
        let subscription = activity.subscribe()
        while let touched = await subscription.next() {
            state.withLock { state in
                for workspace in touched.workspaces { state.wake(workspace) }
            }
            wakeUp.send()
            guard !touched.isComplete else { continue }
            state.withLock { $0.requestFullWalk() }
            sweepNow.send()
        }
    }

    private func sweep() async {
        var sweep = PendingSweep(pool: pool, sliceSize: Int32(clamping: configuration.sweepSize))
        await sweepNow.repeating(every: configuration.sweepInterval) {
            let isFullWalk = state.withLock { $0.takeFullWalkRequest() }
            if isFullWalk { sweep.restart() }
            await look(with: &sweep, untilEnd: isFullWalk)
        }
    }

    /// Looks at a slice of the workspaces, or at all that are left.
    private func look(with sweep: inout PendingSweep, untilEnd: Bool) async {
        do throws(PostgresError) {
            let known = try await keeper.generations()
            state.withLock { $0.setGenerations(known.filter { !$0.isAttended }) }
            guard !known.isEmpty else { return }
            var isLast = false
            repeat {
                let slice = try await sweep.next(deadline: clock.now + .seconds(30))
                state.withLock { state in
                    for item in slice.pending { state.wake(item.workspace, item.key) }
                }
                wakeUp.send()
                isLast = slice.isLast
            } while untilEnd && !isLast
            guard isLast else { return }
            if configuration.scope != .users { metrics.record(head: sweep.measuredHead) }
            let deadLetters = try await deadLetterCounts()
            for name in Set(known.map(\.projection)) {
                metrics.record(sweep.measured[name] ?? ProjectionLag(), of: name)
                metrics.record(deadLetters: deadLetters[name] ?? 0, of: name)
            }
        } catch {
            state.withLock { $0.requestFullWalk() }
            logger.debug("sweep failed", metadata: ["error.code": "\(error.code)"])
        }
    }

    private func deadLetterCounts() async throws(PostgresError) -> [ProjectionName: Int64] {
        let result = try await pool.query(Queries.countDeadLetters, deadline: clock.now + .seconds(10))
        var counts: [ProjectionName: Int64] = [:]
        for row in result.rows { counts[try row["projection", as: ProjectionName.self]] = try row["count"] }
        return counts
    }
}
