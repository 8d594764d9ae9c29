import DequeModule

/// The decisions of a pipeline: which lane takes which calls.
///
/// A lane that has nothing to do parks. A call goes to a parked lane at once, else it queues; a lane that comes back
/// takes all that queued meanwhile, up to the batch limit.
struct PipelineStateMachine<Call: Sendable, Lane: Sendable>: ~Copyable {
    enum EnqueueAction {
        case start(Lane)
        case queued
        case refuseExhausted
        case refuseClosed
    }

    enum LaneAction {
        case run([Call])
        case park
        case stop
    }

    private let queueLimit: Int
    private let batchLimit: Int
    private var queue: Deque<Call> = []
    private var parked: [Lane] = []
    private(set) var isClosed = false

    init(queueLimit: Int, batchLimit: Int) {
        self.queueLimit = queueLimit
        self.batchLimit = batchLimit
    }

    var queuedCount: Int { queue.count }

    /// A call comes in; a parked lane is told to come for it.
    mutating func enqueue(_ call: Call) -> EnqueueAction {
        guard !isClosed else { return .refuseClosed }
        guard queue.count < queueLimit else { return .refuseExhausted }
        queue.append(call)
        guard let lane = parked.popLast() else { return .queued }
        return .start(lane)
    }

    /// A lane is free; once the pipeline is closed and the queue empty it stops.
    mutating func laneIsFree(_ lane: Lane) -> LaneAction {
        guard queue.isEmpty else {
            let batch = Array(queue.prefix(batchLimit))
            queue.removeFirst(batch.count)
            return .run(batch)
        }
        guard !isClosed else { return .stop }
        parked.append(lane)
        return .park
    }

    /// Drops the queued calls that nobody waits for any more.
    mutating func removeQueued(where isSettled: (Call) -> Bool) {
        queue.removeAll(where: isSettled)
    }

    /// The calls that queue, oldest first.
    var queued: Deque<Call> { queue }

    /// Takes no more calls; those queued are still run.
    ///
    /// Returns the parked lanes, which must be told.
    mutating func close() -> [Lane] {
        isClosed = true
        defer { parked = [] }
        return parked
    }

    /// Empties the queue and returns the calls that will not run.
    mutating func removeAllQueued() -> [Call] {
        defer { queue = [] }
        // Not `Array(queue)`, which writes to the storage that all empty arrays share.
        return queue.map { $0 }
    }
}
