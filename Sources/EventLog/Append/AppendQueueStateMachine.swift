import DequeModule

/// Decides what is appended when: input in, one action out, no locks and no waits.
///
///     enqueue ──▶ queue of the workspace ──▶ ready (idle workspaces that have something queued, in turn)
///                                               │ nextBatch, or at once when a worker is idle
///                                               ▼
///                 complete ◀────────────── in flight: one batch per workspace
///
/// A workspace has one batch in flight at most; what arrives meanwhile gathers and goes out together when the batch is
/// complete. Nothing is delayed while a worker is idle. A caller's wait may end early (``expire(now:)``,
/// ``abandon(_:)``); its delivery is then appended all the same, unless it expired before it was taken.
struct AppendQueueStateMachine<Waiter: Sendable, Worker: Sendable>: ~Copyable {
    typealias Instant = ContinuousClock.Instant

    enum EnqueueAction {
        case wait
        /// Start a batch on an idle worker.
        case start(Worker, AppendBatch)
        /// Refuse the caller.
        case refuse(EventLogError.Code)
    }

    enum NextAction {
        case run(AppendBatch)
        case idle
        case stop
    }

    private enum Phase {
        case open
        case draining
        case closed
    }

    struct Queue {
        var entries: Deque<AppendBatch.Entry> = []
        var isInFlight = false
    }

    private struct Wait {
        let waiter: Waiter
        let deadline: Instant
    }

    private let configuration: EventAppenderConfiguration
    private var phase = Phase.open
    /// Of the workspaces that have something queued or in flight.
    private(set) var queues: [WorkspaceID: Queue] = [:]
    private var ready: Deque<WorkspaceID> = []
    private var idleWorkers: [Worker] = []
    private var waits: [UInt64: Wait] = [:]
    private var lastTicket: UInt64 = 0
    private(set) var count = 0
    private(set) var bytes = 0

    init(_ configuration: EventAppenderConfiguration) {
        self.configuration = configuration
    }

    /// Gives the caller the ticket under which it can be abandoned.
    mutating func makeTicket() -> UInt64 {
        lastTicket += 1
        return lastTicket
    }

    /// Takes a delivery in.
    mutating func enqueue(
        _ delivery: VerifiedWebhook,
        ticket: UInt64,
        waiter: Waiter,
        deadline: Instant
    ) -> EnqueueAction {
        guard case .open = phase else { return .refuse(.unavailable) }
        let size = delivery.body.count
        guard count < configuration.queueCount, bytes + size <= configuration.queueBytes || count == 0 else {
            return .refuse(.queueFull)
        }
        count += 1
        bytes += size
        waits[ticket] = Wait(waiter: waiter, deadline: deadline)
        let workspace = delivery.source.workspace
        queues[workspace, default: Queue()].entries.append(AppendBatch.Entry(ticket: ticket, delivery: delivery))
        guard queues[workspace]?.isInFlight == false, queues[workspace]?.entries.count == 1 else { return .wait }
        guard let worker = idleWorkers.popLast() else {
            ready.append(workspace)
            return .wait
        }
        return .start(worker, takeBatch(of: workspace))
    }

    /// Gives a worker its next batch, or keeps it until there is one.
    mutating func nextBatch(for worker: Worker) -> NextAction {
        if let workspace = ready.popFirst() { return .run(takeBatch(of: workspace)) }
        switch phase {
        case .open:
            idleWorkers.append(worker)
            return .idle
        case .draining where count > 0:
            idleWorkers.append(worker)
            return .idle
        case .draining, .closed:
            return .stop
        }
    }

    /// Ends a batch; returns the waiter of each entry that still waits, and the workers to stop.
    mutating func complete(_ batch: AppendBatch) -> (waiters: [Waiter?], stopped: [Worker]) {
        let waiters = batch.entries.map { waits.removeValue(forKey: $0.ticket)?.waiter }
        release(batch.entries)
        if queues[batch.workspace]?.entries.isEmpty == false {
            queues[batch.workspace]?.isInFlight = false
            ready.append(batch.workspace)
        } else {
            queues[batch.workspace] = nil
        }
        return (waiters, stoppedIfDrained())
    }

    /// Forgets a caller that no longer waits; its delivery stays.
    ///
    /// Returns the caller when it was still waiting.
    mutating func abandon(_ ticket: UInt64) -> Waiter? {
        waits.removeValue(forKey: ticket)?.waiter
    }

    /// Ends the waits whose deadline has passed and drops those of their deliveries that no batch took.
    mutating func expire(now: Instant) -> (waiters: [Waiter], stopped: [Worker]) {
        let expired = waits.filter { $0.value.deadline <= now }
        guard !expired.isEmpty else { return ([], []) }
        for ticket in expired.keys { waits[ticket] = nil }
        for workspace in queues.keys { dropQueued(of: workspace) { expired[$0.ticket] != nil } }
        return (expired.values.map(\.waiter), stoppedIfDrained())
    }

    /// Takes nothing more in; what was accepted is still appended.
    ///
    /// Returns the workers to stop.
    mutating func drain() -> [Worker] {
        guard case .open = phase else { return [] }
        phase = .draining
        return stoppedIfDrained()
    }

    /// Gives up: drops what no batch took.
    ///
    /// Returns every waiter, and the idle workers, which must stop.
    mutating func close() -> (waiters: [Waiter], stopped: [Worker]) {
        phase = .closed
        for workspace in queues.keys { dropQueued(of: workspace) { _ in true } }
        ready.removeAll()
        let waiters = waits.values.map(\.waiter)
        waits.removeAll()
        let stopped = idleWorkers
        idleWorkers.removeAll()
        return (waiters, stopped)
    }

    private mutating func takeBatch(of workspace: WorkspaceID) -> AppendBatch {
        guard var queue = queues.removeValue(forKey: workspace), !queue.entries.isEmpty, !queue.isInFlight else {
            preconditionFailure("takeBatch: workspace \(workspace) was ready but has nothing queued")
        }
        var entries: [AppendBatch.Entry] = []
        var size = 0
        while let next = queue.entries.first, entries.count < configuration.batchCount {
            size += next.delivery.body.count
            guard entries.isEmpty || size <= configuration.batchBytes else { break }
            entries.append(queue.entries.removeFirst())
        }
        queue.isInFlight = true
        queues[workspace] = queue
        return AppendBatch(workspace: workspace, entries: entries)
    }

    private mutating func dropQueued(of workspace: WorkspaceID, where shouldDrop: (AppendBatch.Entry) -> Bool) {
        guard var queue = queues.removeValue(forKey: workspace) else { return }
        let dropped = queue.entries.filter(shouldDrop)
        if !dropped.isEmpty {
            queue.entries.removeAll(where: shouldDrop)
            release(dropped)
        }
        if queue.isInFlight || !queue.entries.isEmpty {
            queues[workspace] = queue
        } else {
            ready.removeAll { $0 == workspace }
        }
    }

    private mutating func release(_ entries: some Collection<AppendBatch.Entry>) {
        count -= entries.count
        for entry in entries { bytes -= entry.delivery.body.count }
    }

    private mutating func stoppedIfDrained() -> [Worker] {
        guard case .draining = phase, count == 0 else { return [] }
        defer { idleWorkers.removeAll() }
        return idleWorkers
    }
}
