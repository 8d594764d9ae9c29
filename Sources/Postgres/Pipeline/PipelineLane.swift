/// One connection of a pipeline, and the loop that feeds it.
struct PipelineLane {
    let index: Int
    let pipeline: PostgresPipeline

    /// Connects, then runs batches; starts over when its connection broke.
    ///
    /// Returns when the pipeline stops.
    func run() async {
        var carried: [PipelineCall] = []
        var connection: PostgresConnection?
        while true {
            guard let usable = await connected(connection) else { break }
            connection = usable
            let next = carried.isEmpty ? await nextBatch() : carried
            guard let batch = next else { break }
            carried = await send(batch, on: usable)
        }
        for call in carried { call.fail(.closed, nothingWasSent: true) }
        pipeline.state.withLock { $0.inFlight[index] = nil }
        await connection?.close()
    }

    /// The connection given when it is fit, else a new one; nil when the pipeline stops first.
    private func connected(_ connection: PostgresConnection?) async -> PostgresConnection? {
        if let connection, connection.isReusable, !connection.isOnSilentHost { return connection }
        await connection?.close()
        var attempts = 0
        while !Task.isCancelled {
            do throws(PostgresError) {
                let connection = try await PostgresConnection.connect(
                    pipeline.configuration.connection,
                    logger: pipeline.logger
                )
                pipeline.state.withLock { $0.lastFailure = nil }
                return connection
            } catch {
                let isClosed = pipeline.state.withLock { state in
                    state.lastFailure = error
                    return state.machine.isClosed
                }
                guard !isClosed else { return nil }
                attempts += 1
                let delay = Backoff().delay(afterAttempts: attempts)
                try? await pipeline.clock.sleep(for: delay)
            }
        }
        return nil
    }

    /// Waits for calls; nil when the pipeline is closed and everything has been run.
    private func nextBatch() async -> [PipelineCall]? {
        while true {
            let lane = PostgresPipeline.Lane()
            let action = pipeline.state.withLock { state in
                state.inFlight[index] = nil
                let action = state.machine.laneIsFree(lane)
                if case .run(let batch) = action { state.inFlight[index] = batch }
                return action
            }
            switch action {
            case .run(let batch): return batch
            case .stop: return nil
            case .park: await lane.value()
            }
        }
    }

    /// Runs the calls that are still waited for; returns them when nothing was sent and they can be run again.
    private func send(_ batch: [PipelineCall], on connection: PostgresConnection) async -> [PipelineCall] {
        let calls = batch.filter { !$0.answer.isFulfilled }
        guard let deadline = calls.map(\.deadline).max() else { return [] }
        do throws(PostgresError) {
            let outcomes = try await connection.pipeline(calls.map(\.call), deadline: deadline)
            for (call, outcome) in zip(calls, outcomes) { call.answer.fulfil(outcome.mapError(forCaller)) }
        } catch  where error.code == .connectionLost && error.nothingWasSent {
            return calls
        } catch {
            for call in calls { call.answer.fulfil(.failure(forCaller(error))) }
        }
        return []
    }

    /// The lane's cancellation means the pipeline's end to the caller.
    private func forCaller(_ error: PostgresError) -> PostgresError {
        guard error.code == .cancelled else { return error }
        return PostgresError(.closed, statement: error.statement, nothingWasSent: error.nothingWasSent)
    }
}
