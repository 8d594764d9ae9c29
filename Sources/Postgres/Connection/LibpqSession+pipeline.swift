import CLibpq

extension LibpqSession {
    /// Runs calls in one go, each with its own Sync; some run again.
    ///
    /// Throws only when the connection was not fit or the calls could not be sent. When it breaks later, the calls
    /// without an answer fail one by one.
    func runPipeline(_ calls: [PostgresCall]) throws(PostgresError) -> [Outcome] {
        guard isIdle else { throw PostgresError(.misuse, serverMessage: "a pipeline needs an idle connection") }
        try deallocateEvictedStatements()
        var batch = PipelineBatch(calls)
        // A statement that was prepared before the batch may be stale.
        let wasCached = batch.keys.map { statements.name(for: $0) != nil }
        var outcomes = try runBatch(Array(calls.indices), &batch)
        var again = outcomes.indices.filter { index in
            outcomes[index].isOutdated(wasCached: wasCached[index]) || wasHitByMistake(outcomes[index])
        }
        settleCancelRequests()
        // Each round of cancellations has ended the call that was meant, so there are no more rounds than calls.
        for _ in calls.indices {
            guard !again.isEmpty, interruption == nil, isIdle else { break }
            for index in again where outcomes[index].isOutdated() { statements.remove(batch.keys[index]) }
            for (index, outcome) in zip(again, try runBatch(again, &batch)) { outcomes[index] = outcome }
            again = again.filter { wasHitByMistake(outcomes[$0]) }
            settleCancelRequests()
        }
        for index in again where interruption != nil && !outcomes[index].isOutdated() {
            outcomes[index] = .failure(interruptionError(statement: calls[index].statement.name))
        }
        return outcomes
    }

    /// A cancellation meant for a neighbour rolled the call back.
    private func wasHitByMistake(_ outcome: Outcome) -> Bool {
        guard case .failure(let error) = outcome else { return false }
        return error.code == .queryCancelled && mayHaveCancelledOtherCalls
    }

    private func runBatch(_ indices: [Int], _ batch: inout PipelineBatch) throws(PostgresError) -> [Outcome] {
        guard PQenterPipelineMode(handle) == 1 else { throw sendError(statement: nil) }
        do throws(PostgresError) {
            for index in indices { try send(index, &batch) }
        } catch {
            // Calls before this one may be under way already, so the connection is in no state to go on.
            isBroken = true
            throw PostgresError(error.code, statement: error.statement, serverMessage: error.serverMessage)
        }
        var outcomes: [Outcome] = []
        defer { beginHead(until: nil) }
        for index in indices {
            beginHead(until: batch.calls[index].deadline)
            outcomes.append(batch.settle(index, readOutcome(statement: batch.calls[index].statement.name)))
            if case .failure = outcomes.last, batch.prepares.contains(index) { statements.remove(batch.keys[index]) }
        }
        if !isBroken, PQexitPipelineMode(handle) != 1 { isBroken = true }
        return outcomes
    }

    private func send(_ index: Int, _ batch: inout PipelineBatch) throws(PostgresError) {
        let call = batch.calls[index]
        let name: String
        if let known = statements.name(for: batch.keys[index]) {
            name = known
        } else {
            batch.prepares.insert(index)
            name = try sendPrepare(batch.keys[index])
        }
        try sendExecute(name, call.parameters, statement: call.statement.name)
        guard PQpipelineSync(handle) == 1 else { throw sendError(statement: call.statement.name) }
    }

    /// Reads up to the call's own Sync: only then has its transaction ended.
    private func readOutcome(statement: String) -> Outcome {
        var last: PostgresResult?
        var failure: PostgresError?
        var gaps = 0
        do throws(PostgresError) {
            while !isBroken, PQstatus(handle) != CONNECTION_BAD, gaps < 4 {
                guard let result = try nextResult(statement: statement) else {
                    gaps += 1
                    continue
                }
                defer { PQclear(result) }
                gaps = 0
                switch PQresultStatus(result) {
                case PGRES_PIPELINE_SYNC: return outcome(statement: statement, last: last, failure: failure)
                case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: last = PostgresResult(copying: result)
                case PGRES_PIPELINE_ABORTED: continue
                case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
                    isBroken = true
                    failure = PostgresError(.misuse, statement: statement, serverMessage: "it is a COPY")
                default: failure = failure ?? error(from: result, statement: statement)
                }
            }
        } catch {
            return .failure(error)
        }
        if let failure { return .failure(failure) }
        return .failure(interruption == nil ? lostError(statement: statement) : interruptionError(statement: statement))
    }
}

extension Result where Failure == PostgresError {
    /// Tells whether the call was rolled back because its prepared statement, or what it uses, is no longer there.
    fileprivate func isOutdated(wasCached: Bool = true) -> Bool {
        guard case .failure(let error) = self else { return false }
        return wasCached && error.meansStaleStatement || error.meansReplacement
    }
}
