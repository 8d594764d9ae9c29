import Connectors
import EventLog
import Locking
import Logging
import Postgres
import Schema

/// Keeps the requests of keys with a limit within it, together with all other processes on the database.
///
/// A key without a limit costs a look into a table; a key with one is counted by a statement, most of the time one per
/// request (see ``RequestBudget``). On a standby nothing can be counted, so there a limit holds for each process. The statement checks the key too, so a revoked key is never refused for its limit.
package final class RateLimiter: Sendable {
    private static let countRequest = SQLLibrary.call("count_request", 6)

    private let pipeline: PostgresPipeline
    private let statementTimeout: Duration
    private let logger: Logger
    private let databaseTime: @Sendable () -> PostgresTimestamp?
    private let machine = Locked(RateLimitStateMachine())

    /// Makes a limiter; the pipeline must be running.
    ///
    /// - Parameters:
    ///   - statementTimeout: The longest wait for a count.
    ///   - databaseTime: The time at which requests are counted; nil is the database's own clock, which all processes share.
    package init(
        pipeline: PostgresPipeline,
        statementTimeout: Duration = .seconds(5),
        logger: Logger,
        databaseTime: @escaping @Sendable () -> PostgresTimestamp? = { nil }
    ) {
        self.pipeline = pipeline
        self.statementTimeout = statementTimeout
        self.logger = logger
        self.databaseTime = databaseTime
    }

    /// Decides on a request of a key; throws when the database cannot be asked.
    func decide(on key: APIKeyText) async throws(QueryFailure) -> RateLimitStateMachine.Verdict {
        switch machine.withLock({ $0.request(key, at: .now) }) {
        case .pass: return .pass
        case .admit(let standing): return .admit(standing)
        case .count(let unreported, let ahead): return try await count(key, unreported: unreported, ahead: ahead)
        }
    }

    private func count(
        _ key: APIKeyText,
        unreported: Int,
        ahead: Int
    ) async throws(QueryFailure) -> RateLimitStateMachine.Verdict {
        let parameters: [PostgresParameter] = [
            .int8(key.workspace.rawValue), .int8(key.keyID.rawValue), .bytea(key.sha256),
            .int4(Int32(clamping: unreported)), .int4(Int32(clamping: ahead)), .timestamptz(databaseTime()),
        ]
        do throws(PostgresError) {
            let deadline = ContinuousClock.now + statementTimeout
            let count = try RequestCount(await pipeline.query(Self.countRequest, parameters, deadline: deadline))
            return machine.withLock { $0.counted(count, for: key, reported: unreported, at: .now) }
        } catch {
            logger.error("Request not counted", metadata: ["error": "\(error)"])
            machine.withLock { $0.failed(for: key, reported: unreported) }
            throw QueryFailure(Refusal(error))
        }
    }
}
