import Postgres

/// Lists, retries and discards what projections have set aside.
///
/// It concerns the generations in use; a rebuild decides anew, and knows of discards from the log.
package struct DeadLetterStore: Sendable {
    /// What became of a retry.
    package enum RetryOutcome: String, Sendable, Hashable, CaseIterable {
        /// It is folded now, at the place in history that its time gives it.
        case retried
        /// It still cannot be folded.
        case refused
        /// It was settled before.
        case resolved
        /// There is none.
        case missing
    }

    /// What became of a discard.
    package enum DiscardOutcome: String, Sendable, Hashable, CaseIterable {
        /// It is recorded in the log and takes effect when the projection reads it.
        case discarded
        /// It was recorded before.
        case duplicate
        /// It was retried with success before.
        case resolved
        /// There is none.
        case missing
    }

    private let pool: PostgresPool
    private static let retryTimeout = Duration.seconds(60)

    /// Creates a store over a pool.
    package init(pool: PostgresPool) {
        self.pool = pool
    }

    /// Dead letters in the order of workspace, projection and position.
    package func list(_ filter: DeadLetterFilter = DeadLetterFilter()) async throws(ProjectionError) -> [DeadLetter] {
        do throws(PostgresError) {
            let result = try await pool.query(
                Queries.listDeadLetters,
                [
                    .int8(filter.workspace?.rawValue),
                    .text(filter.projection?.rawValue),
                    .bool(filter.unresolvedOnly),
                    .int8(filter.after?.workspace.rawValue ?? 0),
                    .text(filter.after?.projection.rawValue ?? ""),
                    .int8(filter.after?.position.rawValue ?? 0),
                    .int4(Int32(clamping: filter.limit)),
                ]
            )
            return try result.rows.map(DeadLetter.init)
        } catch {
            throw ProjectionError(error, projection: filter.projection, workspace: filter.workspace)
        }
    }

    /// Tries a dead letter again.
    package func retry(_ address: DeadLetter.Address) async throws(ProjectionError) -> RetryOutcome {
        let outcome = try await outcome(of: Queries.retryDeadLetter, address, deadline: .now + Self.retryTimeout)
        guard let outcome else { throw ProjectionError(.unknownProjection, projection: address.projection) }
        return RetryOutcome(rawValue: outcome) ?? .missing
    }

    /// Tries all unresolved dead letters of the filter again, one by one, and counts the outcomes.
    ///
    /// The filter's limit is the size of a page here, not a bound. A failure of the database ends it; what was done stays.
    package func retryAll(_ filter: DeadLetterFilter) async throws(ProjectionError) -> [RetryOutcome: Int] {
        var filter = filter
        filter.unresolvedOnly = true
        var counts: [RetryOutcome: Int] = [:]
        while true {
            let page = try await list(filter)
            for letter in page { counts[try await retry(letter.address), default: 0] += 1 }
            guard let last = page.last, page.count == filter.limit else { return counts }
            filter.after = last.address
        }
    }

    /// Discards a dead letter for good; `actor` says who did it.
    package func discard(
        _ address: DeadLetter.Address,
        actor: String?
    ) async throws(ProjectionError) -> DiscardOutcome {
        let outcome = try await outcome(of: Queries.discardDeadLetter, address, [.text(actor)])
        return outcome.flatMap(DiscardOutcome.init(rawValue:)) ?? .missing
    }

    private func outcome(
        of statement: PostgresStatement,
        _ address: DeadLetter.Address,
        _ more: [PostgresParameter] = [],
        deadline: ContinuousClock.Instant? = nil
    ) async throws(ProjectionError) -> String? {
        let parameters: [PostgresParameter] = [
            .int8(address.workspace.rawValue), .text(address.projection.rawValue), .int8(address.position.rawValue),
        ]
        do throws(PostgresError) {
            let result = try await pool.query(statement, parameters + more, deadline: deadline)
            return try result.first?["outcome"]
        } catch {
            throw ProjectionError(error, projection: address.projection, workspace: address.workspace)
        }
    }
}
