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
    ///
    /// A comparison is bounded but may take long on a slow disk: the pool's statements should have no timeout.
    package init(pool: PostgresPool, appender: EventAppender, target: ImportTarget) {
        self.pool = pool
        self.appender = appender
        self.target = target
    }

    /// Imports lines in their order and says of each what became of it.
    ///
    /// Several lines may be about one object: each is compared when those before it are in the log. When a call is
    /// repeated since the first one threw, what that one appended counts as unchanged.
    ///
    /// - Parameter time: When the lines were read, which is the time of objects that do not say when they changed.
    /// - Throws: `unavailable` when nothing more can be acknowledged, `unknownWorkspace`, `databaseFailed`. What was
    ///   appended by then is found again by the next attempt.
    package func importLines(
        _ lines: [ImportLine],
        readAt time: PostgresTimestamp
    ) async throws(EventLogError) -> [ImportOutcome] {
        var outcomes = [ImportOutcome](repeating: .unchanged, count: lines.count)
        var rounds = [0: Array(lines.indices)]
        while let round = rounds.keys.min(), let indices = rounds.removeValue(forKey: round) {
            var events: [(index: Int, event: ImportVerdict.Event)] = []
            for (index, verdict) in zip(indices, try await compare(indices.map { lines[$0] }, readAt: time)) {
                switch verdict {
                case .append(let event): events.append((index, event))
                case .unchanged: outcomes[index] = .unchanged
                case .again(let later): rounds[round + later, default: []].append(index)
                case .foreign(let system): outcomes[index] = .foreign(system: system)
                case .refused(let refusal): outcomes[index] = .refused(refusal)
                }
            }
            let deliveries = events.map { delivery(of: $0.event, line: lines[$0.index].bytes) }
            for ((index, event), answer) in zip(events, await appender.append(batch: deliveries)) {
                outcomes[index] = try Self.outcome(answer, of: event)
            }
        }
        return outcomes
    }

    /// The kinds of objects that the source's system has; nil for a sender whose events are only logged.
    package func entityTypes() async throws(EventLogError) -> [String]? {
        let system = PostgresParameter.text(target.sender.name.rawValue)
        return try await pool.rows(Queries.listEntityTypes, [system], source: target.source) {
            (row) throws(PostgresError) in try row["result", as: [String]?.self]
        }.first ?? nil
    }

    private func delivery(of event: ImportVerdict.Event, line: [UInt8]) -> VerifiedWebhook {
        VerifiedWebhook(
            source: target.source,
            sender: target.sender,
            deliveryID: event.deliveryID,
            headers: event.headers,
            body: event.body ?? line
        )
    }

    private func compare(
        _ lines: [ImportLine],
        readAt time: PostgresTimestamp
    ) async throws(EventLogError) -> [ImportVerdict] {
        let events = lines.map { target.sender.envelope.fields(of: $0.bytes, headers: "{}") }
        let parameters: [PostgresParameter] = [
            .int8(target.source.workspace.rawValue), .int8(target.source.number), .text(target.sender.name.rawValue),
            .bool(target.livemode), .timestamptz(time), .textArray(lines.map(\.kind)),
            .boolArray(lines.map(\.isCertain)), .int4(target.bodyLimit.map { Int32(clamping: $0) }),
            .textArray(events.map(\.id)), .textArray(events.map(\.entityType)), .textArray(events.map(\.entityID)),
            .byteaArray(lines.map(\.bytes)),
        ]
        let source = target.source
        let verdicts = try await pool.rows(Queries.compareImport, parameters, source: source, read: ImportVerdict.init)
        guard verdicts.count == lines.count else {
            throw EventLogError(PostgresError(.decoding, serverMessage: "a line was not compared"), source: source)
        }
        return verdicts
    }

    /// An object's event can only have lost against another import of the same object.
    private static func outcome(
        _ answer: Result<AppendReceipt, EventLogError>,
        of event: ImportVerdict.Event
    ) throws(EventLogError) -> ImportOutcome {
        switch answer {
        case .success(let receipt):
            switch receipt.outcome {
            case .inserted: .appended
            case .duplicate: .unchanged
            case .conflict: event.isOfObject ? .unchanged : .conflicting
            }
        case .failure(let error) where error.code == .refused: .refused(.refusedByDatabase)
        case .failure(let error): throw error
        }
    }
}
