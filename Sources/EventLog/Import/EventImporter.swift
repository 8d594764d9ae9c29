import Postgres

/// Brings objects and events that were exported elsewhere into the log: what it lacks, and nothing twice.
///
/// An object is compared with what the log says it is, now or at the object's own time, and becomes an event of its
/// vendor's shape when it differs. An event is appended as it is; the ledger knows whether it was there. So an import can
/// be cut off anywhere and done again, by several processes at once too, while webhooks come in.
package struct EventImporter: Sendable {
    /// The most lines that one call should bring; what is compared together is held in memory.
    package static let batchCount = 500
    /// The most bytes of lines that one call should bring.
    package static let batchBytes = 4 << 20

    private let pool: PostgresPool
    private let appender: EventAppender
    private let target: ImportTarget

    /// Creates an importer; the appender need not be running.
    package init(pool: PostgresPool, appender: EventAppender, target: ImportTarget) {
        self.pool = pool
        self.appender = appender
        self.target = target
    }

    /// Imports lines in their order and says of each what became of it.
    ///
    /// Several lines may be about one object: each is compared when those before it are in the log.
    ///
    /// - Parameter time: When the lines were read, which is the time of objects that do not say when they changed.
    /// - Throws: `unavailable` when nothing more can be acknowledged, `unknownWorkspace`, `databaseFailed`. What was
    ///   appended by then is found again by the next attempt.
    package func importLines(
        _ lines: [ImportLine],
        readAt time: PostgresTimestamp
    ) async throws(EventLogError) -> [ImportOutcome] {
        var outcomes = [ImportOutcome](repeating: .unchanged, count: lines.count)
        var waiting = Array(lines.indices)
        while !waiting.isEmpty {
            let verdicts = try await compare(waiting.map { lines[$0] }, readAt: time)
            var deliveries: [VerifiedWebhook] = []
            var places: [Int] = []
            var later: [Int] = []
            for (index, verdict) in zip(waiting, verdicts) {
                switch verdict {
                case .append(let event):
                    deliveries.append(delivery(of: event, line: lines[index].bytes))
                    places.append(index)
                case .unchanged: outcomes[index] = .unchanged
                case .again: later.append(index)
                case .refused(let refusal): outcomes[index] = .refused(refusal)
                }
            }
            for (index, answer) in zip(places, await appender.append(batch: deliveries)) {
                outcomes[index] = try Self.outcome(answer)
            }
            waiting = later
        }
        return outcomes
    }

    private func delivery(of event: ImportVerdict.Event, line: [UInt8]) -> VerifiedWebhook {
        VerifiedWebhook(
            source: target.source,
            connector: target.connector,
            deliveryID: event.deliveryID,
            headers: event.headers,
            body: event.body ?? line
        )
    }

    private func compare(
        _ lines: [ImportLine],
        readAt time: PostgresTimestamp
    ) async throws(EventLogError) -> [ImportVerdict] {
        let parameters: [PostgresParameter] = [
            .int8(target.source.workspace.rawValue), .text(target.connector.rawValue), .bool(target.livemode),
            .timestamptz(time), .textArray(lines.map(\.kind)), .byteaArray(lines.map(\.bytes)),
        ]
        do throws(PostgresError) {
            let result = try await pool.query(Queries.compareImport, parameters)
            guard result.rowCount == lines.count else {
                throw PostgresError(.decoding, serverMessage: "a line was not compared")
            }
            var verdicts: [ImportVerdict] = []
            for row in result.rows { verdicts.append(try ImportVerdict(row)) }
            return verdicts
        } catch {
            throw EventLogError(error, source: target.source)
        }
    }

    private static func outcome(
        _ answer: Result<AppendReceipt, EventLogError>
    ) throws(EventLogError) -> ImportOutcome {
        switch answer {
        case .success(let receipt): receipt.outcome == .inserted ? .appended : .unchanged
        case .failure(let error) where error.code == .refused: .refused(.refusedByDatabase)
        case .failure(let error): throw error
        }
    }
}
