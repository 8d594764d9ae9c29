import Locking
import Logging
import ServiceLifecycle

/// Runs light statements of many tasks in few round trips.
///
/// What queues while a batch is in flight goes out as the next one. Each call is its own transaction: one failure
/// leaves its neighbours alone. A caller's cancellation ends its wait only; the batch goes on. A call that runs past
/// its deadline is cancelled on the server. While the database is away callers wait; `connectionFailed` comes at their deadline.
///
/// ``run()`` must run for calls to be answered. It finishes what is queued on graceful shutdown.
package final class PostgresPipeline: Service, Sendable {
    /// A free lane waits on it; it is fulfilled when there is something to do, or the end has come.
    typealias Lane = Promise<Void>

    struct State: ~Copyable {
        var machine: PipelineStateMachine<PipelineCall, Lane>
        var inFlight: [Int: [PipelineCall]] = [:]
        var lastFailure: PostgresError?
        /// Fulfilled when there is a call whose deadline must be watched.
        var sweeper: Promise<Void>?
        /// Whether `run()` has begun, so that deadlines are watched.
        var isRunning = false
    }

    let configuration: PostgresPipelineConfiguration
    let logger: Logger
    let clock = ContinuousClock()
    let state: Locked<State>

    /// Makes a pipeline without opening a connection.
    package init(_ configuration: PostgresPipelineConfiguration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
        let (queueLimit, batchLimit) = (configuration.queueLimit, configuration.batchLimit)
        state = Locked(State(machine: PipelineStateMachine(queueLimit: queueLimit, batchLimit: batchLimit)))
    }

    /// The number of calls that wait for a batch.
    package var queuedCount: Int { state.withLock { $0.machine.queuedCount } }

    /// Runs a statement as part of the next batch.
    ///
    /// Throws `poolExhausted` when the queue is full, `closed` when the pipeline has stopped, `deadlineExceeded` up
    /// to 20 ms after the deadline.
    package func query(
        _ statement: PostgresStatement,
        _ parameters: [PostgresParameter] = [],
        deadline: ContinuousClock.Instant? = nil
    ) async throws(PostgresError) -> PostgresResult {
        let deadline = deadline ?? clock.now + configuration.callTimeout
        let call = PipelineCall(PostgresCall(statement, parameters, deadline: deadline), deadline: deadline)
        let isWatched = try enqueue(call)
        let answer = await withTaskCancellationHandler {
            isWatched ? await call.answer.value() : await watchedAnswer(of: call)
        } onCancel: {
            call.fail(.cancelled)
        }
        return try answer.get()
    }

    /// Opens the connections and runs batches until graceful shutdown or cancellation; call it once.
    package func run() async throws {
        state.withLock { $0.isRunning = true }
        await withTaskCancellationOrGracefulShutdownHandler {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await self.sweep() }
                await withTaskGroup(of: Void.self) { lanes in
                    for index in 0..<configuration.lanes {
                        lanes.addTask { await PipelineLane(index: index, pipeline: self).run() }
                    }
                }
                group.cancelAll()
            }
        } onCancelOrGracefulShutdown: {
            self.close()
        }
        refuseQueued()
    }

    /// Takes no more calls; those queued are still run.
    package func close() {
        let lanes = state.withLock { $0.machine.close() }
        for lane in lanes { lane.fulfil(()) }
    }

    /// Queues a call; returns whether its deadline is watched.
    private func enqueue(_ call: PipelineCall) throws(PostgresError) -> Bool {
        let (action, sweeper, isWatched) = state.withLock { state in
            let action = state.machine.enqueue(call)
            defer { state.sweeper = nil }
            return (action, state.sweeper, state.isRunning)
        }
        sweeper?.fulfil(())
        switch action {
        case .start(let lane): lane.fulfil(())
        case .queued: break
        case .refuseExhausted: throw PostgresError(.poolExhausted, nothingWasSent: true)
        case .refuseClosed: throw PostgresError(.closed, nothingWasSent: true)
        }
        return isWatched
    }

    /// Waits with a timer of the call's own, for calls that came before `run()` began.
    private func watchedAnswer(of call: PipelineCall) async -> Result<PostgresResult, PostgresError> {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [clock] in
                guard (try? await clock.sleep(until: call.deadline)) != nil else { return }
                self.failOverdue([call], because: self.state.withLock { $0.lastFailure })
            }
            let answer = await call.answer.value()
            group.cancelAll()
            return answer
        }
    }

    private func refuseQueued() {
        let rest = state.withLock { state in
            _ = state.machine.close()
            return state.machine.removeAllQueued()
        }
        for call in rest { call.fail(.closed, nothingWasSent: true) }
    }
}
