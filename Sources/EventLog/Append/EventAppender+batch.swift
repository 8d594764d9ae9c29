import Postgres

extension EventAppender {
    /// Appends deliveries of one workspace in their order, and answers each after the commit that holds it.
    ///
    /// For a caller that has its batches together: nothing is queued, ``run()`` need not be running, and the deliveries
    /// go out in as few statements as the configuration's limits allow. It ends with the first statement of which nothing
    /// was acknowledged: the deliveries from there on get its error.
    package func append(batch deliveries: [VerifiedWebhook]) async -> [Result<AppendReceipt, EventLogError>] {
        var answers: [Answer] = []
        while answers.count < deliveries.count {
            let batch = nextBatch(of: deliveries[answers.count...])
            metrics.batchSize.record(batch.entries.count)
            let outcome = await self.answers(to: batch)
            noteActivity(of: batch.workspace, outcome)
            answers += outcome
            guard case .failure(let error) = outcome.last, error.code != .refused else { continue }
            answers += deliveries[answers.count...].map { _ in .failure(error) }
        }
        return answers
    }

    private func nextBatch(of deliveries: ArraySlice<VerifiedWebhook>) -> AppendBatch {
        var entries: [AppendBatch.Entry] = []
        var size = 0
        let workspace = deliveries[deliveries.startIndex].source.workspace
        for delivery in deliveries.prefix(configuration.batchCount) {
            precondition(delivery.source.workspace == workspace, "append(batch:) was given several workspaces")
            size += delivery.body.count
            guard entries.isEmpty || size <= configuration.batchBytes else { break }
            entries.append(AppendBatch.Entry(ticket: 0, delivery: delivery))
        }
        return AppendBatch(workspace: workspace, entries: entries)
    }

    /// Appends a batch; the answers stand in the order of its entries.
    func answers(to batch: AppendBatch) async -> [Answer] {
        let start = clock.now
        do throws(EventLogError) {
            let receipts = try await append(batch.entries, to: batch.workspace)
            metrics.duration.record(duration: clock.now - start)
            metrics.recordReceipts(receipts)
            note(nil)
            return receipts.map { .success($0) }
        } catch {
            metrics.failed.increment()
            note(error)
            logger.warning(
                "Append failed",
                metadata: [
                    "append.count": "\(batch.entries.count)",
                    "append.error": "\(error.underlying?.code ?? .other)",
                    "append.sqlState": "\(error.underlying?.sqlState?.rawValue ?? "none")",
                    "append.reason": "\(error)",
                ]
            )
            guard error.underlying.map(Self.isAboutOneDelivery) == true else {
                return batch.entries.map { _ in .failure(error) }
            }
            return await appendOneByOne(batch)
        }
    }

    /// Finds out which delivery the database refuses, so that its neighbours are appended.
    private func appendOneByOne(_ batch: AppendBatch) async -> [Answer] {
        var answers: [Answer] = []
        for entry in batch.entries {
            do throws(EventLogError) {
                answers.append(.success(try await append([entry], to: batch.workspace)[0]))
            } catch {
                let isRefusal = error.underlying.map(Self.isAboutOneDelivery) == true
                let code = isRefusal ? EventLogError.Code.refused : error.code
                answers.append(
                    .failure(EventLogError(code, source: entry.delivery.source, underlying: error.underlying))
                )
            }
        }
        return answers
    }

    private func append(
        _ entries: [AppendBatch.Entry],
        to workspace: WorkspaceID
    ) async throws(EventLogError) -> [AppendReceipt] {
        let parameters = Self.parameters(entries.map(\.delivery), workspace: workspace)
        do {
            let result = try await query(parameters)
            guard result.warnings.isEmpty else {
                throw EventLogError(
                    .unavailable,
                    workspace: workspace,
                    detail: "PostgreSQL confirmed the commit with a warning."
                )
            }
            return try Self.receipts(result, count: entries.count)
        } catch let error as EventLogError {
            throw error
        } catch let error as PostgresError {
            throw Self.translate(error, workspace: workspace)
        } catch {
            throw EventLogError(.unavailable, workspace: workspace)
        }
    }

    /// Runs the append; a connection found dead before anything was sent is replaced once.
    private func query(_ parameters: [PostgresParameter]) async throws -> PostgresResult {
        do {
            return try await queryOnce(parameters)
        } catch let error as PostgresError where error.code == .connectionLost && error.nothingWasSent {
            return try await queryOnce(parameters)
        }
    }

    private func queryOnce(_ parameters: [PostgresParameter]) async throws -> PostgresResult {
        try await pool.withConnection(deadline: clock.now + configuration.leaseTimeout) { connection in
            try await connection.query(
                Queries.appendEvents,
                parameters,
                deadline: clock.now + configuration.statementTimeout
            )
        }
    }

    /// The arguments of `hooklog.append()`.
    package static func parameters(
        _ deliveries: [VerifiedWebhook],
        workspace: WorkspaceID,
        actor: String? = nil
    ) -> [PostgresParameter] {
        [
            .int8(workspace.rawValue),
            .int8Array(deliveries.map(\.source.number)),
            .textArray(deliveries.map(\.connector.rawValue)),
            .textArray(deliveries.map(\.deliveryID)),
            .textArray(deliveries.map(\.fields.id)),
            .textArray(deliveries.map(\.fields.type)),
            .textArray(deliveries.map(\.fields.entityType)),
            .textArray(deliveries.map(\.fields.entityID)),
            .timestamptzArray(deliveries.map(\.fields.time)),
            .boolArray(deliveries.map(\.fields.livemode)),
            .int8Array(deliveries.map(\.fields.sequence)),
            .jsonbArray(deliveries.map(\.headers)),
            .byteaArray(deliveries.map(\.body)),
            .text(actor),
            .textArray(deliveries.map(\.fields.unread?.entityType)),
            .timestamptzArray(deliveries.map(\.fields.unread?.time)),
            .int8Array(deliveries.map(\.fields.unread?.sequence)),
            .bool(deliveries.allSatisfy(\.isPlain)),
        ]
    }

    private static func receipts(_ result: PostgresResult, count: Int) throws -> [AppendReceipt] {
        guard result.rowCount == count else { throw EventLogError(.unavailable) }
        return try result.rows.enumerated().map { index, row in
            let ordinal: Int32 = try row[0]
            guard ordinal == index + 1, let outcome = AppendReceipt.Outcome(rawValue: try row[1]) else {
                throw EventLogError(.unavailable)
            }
            return AppendReceipt(position: try row[2], outcome: outcome)
        }
    }

    /// Whatever went wrong, nothing is acknowledged; only an unknown workspace is told apart, for a retry is in vain.
    private static func translate(_ error: PostgresError, workspace: WorkspaceID) -> EventLogError {
        let translated = EventLogError(error, workspace: workspace)
        guard translated.code != .unknownWorkspace else { return translated }
        return EventLogError(.unavailable, workspace: workspace, underlying: error)
    }

    /// Failures that say the batch was surely rolled back because of a value in it.
    ///
    /// What a sender sends breaks no rule of the log's tables: a broken one (class 23) says that the log is not as it must
    /// be, which is never the sender's fault.
    private static func isAboutOneDelivery(_ error: PostgresError) -> Bool {
        error.code.kind == .value
    }
}
