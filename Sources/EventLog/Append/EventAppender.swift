import Locking
import Logging
import Postgres
import ServiceLifecycle

/// Appends deliveries by group commit: one batch in flight per workspace, what arrives meanwhile goes out together.
///
/// A receipt is given only after the append's own commit, without error and without warning (a cancelled wait for a
/// synchronous standby is only a warning). In every other case all callers of the batch get `unavailable` and nothing
/// is acknowledged, though the events may be in the log: the ledger makes the senders' retries safe.
///
/// ``run()`` must be running. On graceful shutdown nothing more is taken, and what was accepted is appended within the
/// configuration's drain timeout. A caller's cancellation ends its wait only.
package final class EventAppender: EventAppending, Service {
    typealias Answer = Result<AppendReceipt, EventLogError>
    typealias Waiter = CheckedContinuation<Answer, Never>
    typealias Worker = CheckedContinuation<AppendBatch?, Never>
    typealias Machine = AppendQueueStateMachine<Waiter, Worker>

    let pool: PostgresPool
    let configuration: EventAppenderConfiguration
    let metrics = AppendMetrics()
    let logger: Logger
    let clock = ContinuousClock()
    private let activity: LogActivity
    private let state: Locked<Machine>
    private let lastFailure = Locked<(error: EventLogError, at: ContinuousClock.Instant)?>(nil)

    /// Creates an appender over a pool that nobody else uses, whose connections have no statement timeout.
    package init(
        pool: PostgresPool,
        activity: LogActivity,
        configuration: EventAppenderConfiguration = EventAppenderConfiguration(),
        logger: Logger
    ) {
        self.pool = pool
        self.activity = activity
        self.configuration = configuration
        self.logger = logger
        state = Locked(Machine(configuration))
    }

    /// The deliveries that wait or are being appended.
    package var queueDepth: Int { state.withLock { $0.count } }

    /// The failure since which nothing was appended, if it was in the last minute: what senders are told now.
    package var recentFailure: EventLogError? {
        lastFailure.withLock { $0 }.flatMap { clock.now - $0.at <= .seconds(60) ? $0.error : nil }
    }

    /// Appends a delivery and returns after the commit that holds it, or that found it in the log already.
    ///
    /// Throws `queueFull` at once when too much waits; `unavailable` when there was no confirmation in time or the
    /// appender is shutting down; `unknownWorkspace`; `refused` when the database takes everything but this delivery;
    /// `cancelled`.
    package func append(_ delivery: VerifiedWebhook) async throws(EventLogError) -> AppendReceipt {
        let ticket = state.withLock { $0.makeTicket() }
        let deadline = clock.now + configuration.callTimeout
        let answer = await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                enqueue(delivery, ticket: ticket, waiter: waiter, deadline: deadline)
            }
        } onCancel: {
            state.withLock { $0.abandon(ticket) }?.resume(returning: .failure(EventLogError(.cancelled)))
        }
        return try answer.get()
    }

    private func enqueue(
        _ delivery: VerifiedWebhook,
        ticket: UInt64,
        waiter: Waiter,
        deadline: ContinuousClock.Instant
    ) {
        guard !Task.isCancelled else {
            waiter.resume(returning: .failure(EventLogError(.cancelled)))
            return
        }
        let action = state.withLock {
            $0.enqueue(delivery, ticket: ticket, waiter: waiter, deadline: deadline)
        }
        switch action {
        case .wait:
            break
        case .start(let worker, let batch):
            worker.resume(returning: batch)
        case .refuse(let code):
            metrics.refused.increment()
            waiter.resume(returning: .failure(EventLogError(code, source: delivery.source)))
        }
    }

    /// Appends until the graceful shutdown is done or the task is cancelled.
    package func run() async throws {
        await withTaskCancellationHandler {
            await withGracefulShutdownHandler {
                await work()
            } onGracefulShutdown: {
                self.stop(self.state.withLock { $0.drain() })
            }
        } onCancel: {
            close()
        }
        close()
    }

    private enum Ending {
        case worker
        case helper
        case drainTimeout
    }

    private func work() async {
        await withTaskGroup(of: Ending.self) { group in
            for _ in 0..<configuration.workers {
                group.addTask {
                    await self.runBatches()
                    return .worker
                }
            }
            group.addTask {
                await self.expireWaits()
                return .helper
            }
            group.addTask { await self.boundTheDrain() }
            var working = configuration.workers
            for await ending in group {
                if case .worker = ending { working -= 1 }
                if case .drainTimeout = ending { close() }
                if working == 0 || ending == .drainTimeout { group.cancelAll() }
            }
        }
    }

    /// One worker: takes batches in turn until there is nothing left to do.
    private func runBatches() async {
        while let batch = await nextBatch() {
            metrics.batchSize.record(batch.entries.count)
            metrics.depth.record(queueDepth)
            let answers = await answers(to: batch)
            let (waiters, stopped) = state.withLock { $0.complete(batch) }
            metrics.depth.record(queueDepth)
            for (waiter, answer) in zip(waiters, answers) { waiter?.resume(returning: answer) }
            noteActivity(of: batch.workspace, answers)
            stop(stopped)
        }
    }

    private func nextBatch() async -> AppendBatch? {
        await withCheckedContinuation { worker in
            let action = state.withLock { $0.nextBatch(for: worker) }
            switch action {
            case .run(let batch):
                worker.resume(returning: batch)
            case .idle:
                break
            case .stop:
                worker.resume(returning: nil)
            }
        }
    }

    /// Notes what became of a batch; a failure that is about one delivery or a caller says nothing of the log.
    func note(_ error: EventLogError?) {
        guard let error else { return lastFailure.withLock { $0 = nil } }
        guard error.code == .unavailable || error.code == .databaseFailed else { return }
        lastFailure.withLock { $0 = (error, clock.now) }
    }

    func noteActivity(of workspace: WorkspaceID, _ answers: [Answer]) {
        let hasGrown = answers.contains { answer in
            if case .success(let receipt) = answer { receipt.outcome == .inserted } else { false }
        }
        if hasGrown { activity.appended(workspace) }
    }

    /// Answers callers whose deadline passed, several times a second.
    private func expireWaits() async {
        while (try? await clock.sleep(for: .milliseconds(250))) != nil {
            let now = clock.now
            let (waiters, stopped) = state.withLock { $0.expire(now: now) }
            for waiter in waiters { waiter.resume(returning: .failure(Self.timeOut)) }
            if !waiters.isEmpty { note(Self.timeOut) }
            stop(stopped)
        }
    }

    private static let timeOut = EventLogError(.unavailable, detail: "an append was not confirmed in time.")

    /// Ends with `drainTimeout` when a graceful shutdown could not finish in time.
    private func boundTheDrain() async -> Ending {
        do {
            try await gracefulShutdown()
            try await clock.sleep(for: configuration.drainTimeout)
            return .drainTimeout
        } catch {
            return .helper
        }
    }

    private func close() {
        let (waiters, stopped) = state.withLock { $0.close() }
        for waiter in waiters { waiter.resume(returning: .failure(EventLogError(.unavailable))) }
        stop(stopped)
    }

    private func stop(_ workers: [Worker]) {
        for worker in workers { worker.resume(returning: nil) }
    }
}
