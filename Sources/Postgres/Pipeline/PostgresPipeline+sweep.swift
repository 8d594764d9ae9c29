extension PostgresPipeline {
    /// How late a passed deadline may be noticed.
    private static let sweepInterval = Duration.milliseconds(20)

    /// Ends the waits whose deadline has passed; sleeps while nobody waits.
    ///
    /// One timer for all calls costs less than one each.
    func sweep() async {
        while !Task.isCancelled {
            if let idle = parkSweeper() {
                await withTaskCancellationHandler {
                    await idle.value()
                } onCancel: {
                    idle.fulfil(())
                }
            }
            guard (try? await clock.sleep(for: Self.sweepInterval)) != nil else { return }
            endOverdueWaits()
        }
    }

    private func parkSweeper() -> Promise<Void>? {
        state.withLock { state in
            guard state.machine.queuedCount == 0, state.inFlight.isEmpty else { return nil }
            let idle = Promise<Void>()
            state.sweeper = idle
            return idle
        }
    }

    private func endOverdueWaits() {
        let now = clock.now
        let (overdue, failure) = state.withLock { state in
            let queued = state.machine.queued.filter { $0.deadline <= now }
            let inFlight = state.inFlight.values.joined().filter { $0.deadline <= now }
            state.machine.removeQueued { $0.deadline <= now || $0.answer.isFulfilled }
            return (inFlight + queued, state.lastFailure)
        }
        failOverdue(overdue, because: failure)
    }

    /// Ends waits whose deadline has passed; while the database is away, with the reason.
    func failOverdue(_ calls: [PipelineCall], because failure: PostgresError?) {
        for call in calls {
            if let failure {
                call.answer.fulfil(.failure(failure))
            } else {
                call.fail(.deadlineExceeded)
            }
        }
    }
}
