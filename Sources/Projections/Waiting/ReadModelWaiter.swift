import EventLog
import Locking
import Logging
import Postgres
import ServiceLifecycle

/// Lets reads wait until a read model has reached a position of the log.
///
/// One list for all who wait: the projector of this process wakes them, and for the progress of other processes one query
/// for all of them looks at the checkpoints every few milliseconds, only while somebody waits.
package final class ReadModelWaiter: Service {
    private typealias List = WaiterList<CheckedContinuation<WaiterAnswer, Never>>

    private let pool: PostgresPool
    private let pollInterval: Duration
    private let logger: Logger
    private let clock = ContinuousClock()
    private let list: Locked<List>
    private let lookNow = Signal()

    /// Creates a waiter; more than `limit` waits at a time are refused.
    package init(
        pool: PostgresPool,
        pollInterval: Duration = .milliseconds(25),
        limit: Int = 10_000,
        logger: Logger
    ) {
        self.pool = pool
        self.pollInterval = pollInterval
        self.logger = logger
        list = Locked(List(limit: limit))
    }

    /// Waits until a read model has reached a position and returns the one that it has reached.
    ///
    /// Throws `positionBeyondHead` at once when the log does not go so far, which only a primary can tell, `waitTimedOut` with the current position at
    /// the deadline, `unknownProjection`, `tooManyWaiters`, and `cancelled`, also when the service has ended.
    @discardableResult
    package func waitUntil(
        _ workspace: WorkspaceID,
        _ projection: ProjectionName,
        reaches position: Position,
        deadline: ContinuousClock.Instant
    ) async throws(ProjectionError) -> Position {
        let key = List.Key(workspace: workspace, projection: projection)
        switch await answer(key, position, deadline) {
        case .reached(let reached): return reached
        case .beyondHead(let head): throw Self.error(.positionBeyondHead, key, head)
        case .timedOut(let seen): throw Self.error(.waitTimedOut, key, seen)
        case .unknown: throw Self.error(.unknownProjection, key, nil)
        case .cancelled: throw Self.error(.cancelled, key, nil)
        case .refused: throw Self.error(.tooManyWaiters, key, nil)
        }
    }

    /// Takes note that a read model has reached a position.
    package func advanced(_ workspace: WorkspaceID, _ projection: ProjectionName, to position: Position) {
        let key = List.Key(workspace: workspace, projection: projection)
        deliver(list.withLock { $0.advanced(key, to: position) })
    }

    /// Looks after the waits until graceful shutdown or cancellation, which end them; call it once.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            for await _ in self.lookNow {
                while self.list.withLock({ $0.count }) > 0, !Task.isCancelled {
                    await self.look()
                    self.expire()
                    try? await self.clock.sleep(for: self.pollInterval)
                }
            }
        }
        deliver(list.withLock { $0.close() })
    }

    private func answer(
        _ key: List.Key,
        _ position: Position,
        _ deadline: ContinuousClock.Instant
    ) async -> WaiterAnswer {
        let id = list.withLock { $0.reserve() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let refusal = list.withLock {
                    $0.add(id, key, position: position, deadline: deadline, token: continuation)
                }
                if let refusal { return continuation.resume(returning: refusal) }
                if Task.isCancelled { cancel(id) }
                lookNow.send()
            }
        } onCancel: {
            cancel(id)
        }
    }

    private func cancel(_ id: Int) {
        if let delivery = list.withLock({ $0.cancel(id) }) { deliver([delivery]) }
    }

    private func deliver(_ deliveries: [List.Delivery]) {
        for delivery in deliveries { delivery.token.resume(returning: delivery.answer) }
    }

    private func expire() {
        let now = clock.now
        deliver(list.withLock { $0.expire(now: now) })
    }

    /// Looks at the checkpoints and heads of all that somebody waits for.
    private func look() async {
        let (keys, look) = list.withLock { ($0.keys, $0.beginLook()) }
        guard !keys.isEmpty else { return }
        do throws(PostgresError) {
            let result = try await pool.query(
                Queries.readReadModelPositions,
                [
                    .int8Array(keys.map(\.workspace.rawValue)),
                    .textArray(keys.map(\.projection.rawValue)),
                ],
                deadline: clock.now + .seconds(2)
            )
            for (key, row) in zip(keys, result.rows) {
                let sighting = List.Sighting(position: try row["position"], head: try row["head"])
                // A standby does not know how far the log is.
                let isPrimary: Bool = try row["is_primary"]
                deliver(list.withLock { $0.saw(key, sighting, inLook: isPrimary ? look : nil) })
            }
        } catch {
            logger.debug("positions could not be read", metadata: ["error.code": "\(error.code)"])
        }
    }

    private static func error(_ code: ProjectionError.Code, _ key: List.Key, _ position: Position?) -> ProjectionError {
        ProjectionError(code, projection: key.projection, workspace: key.workspace, position: position)
    }
}
