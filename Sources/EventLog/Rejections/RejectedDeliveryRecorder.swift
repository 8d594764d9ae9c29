import Foundation
import Locking
import Logging
import Metrics
import Postgres
import ServiceLifecycle

/// Records refused deliveries without holding up whoever refuses them.
///
/// Counts are exact: what cannot be written is kept and written later, and a flush whose end was not seen is looked up
/// by its transaction before it is repeated. Samples are bounded: 100 per source and minute, 10 000 in all. ``run()``
/// flushes every second and once more at a graceful shutdown.
package final class RejectedDeliveryRecorder: Service {
    /// A flush whose outcome is not known, with the transaction that would have written it.
    private struct Doubtful {
        let flush: RejectionFlush
        let transactionID: String
    }

    private struct State: ~Copyable {
        var buffer = RejectionBuffer()
        var doubtful: [Doubtful] = []
    }

    private static let timeout = Duration.seconds(5)

    private let pool: PostgresPool
    private let interval: Duration
    private let logger: Logger
    private let lost = Counter(label: "hooklog.rejected_delivery.uncounted")
    private let state = Locked(State())

    /// Creates a recorder over a pool.
    package init(pool: PostgresPool, interval: Duration = .seconds(1), logger: Logger) {
        self.pool = pool
        self.interval = interval
        self.logger = logger
    }

    /// Notes a refused delivery; returns at once.
    ///
    /// `reason` must be one of a fixed set of words, and nothing may be a value that the sender chose.
    package func record(
        source: SourceID,
        reason: String,
        headerNames: [String],
        bodySHA256: [UInt8]?,
        size: Int
    ) {
        let delivery = RejectedDelivery(
            source: source,
            receivedAt: PostgresTimestamp(Date()),
            reason: reason,
            headerNames: Array(headerNames.prefix(64)),
            bodySHA256: bodySHA256,
            size: Int64(size)
        )
        if !state.withLock({ $0.buffer.add(delivery) }) { lost.increment() }
    }

    /// Flushes until the graceful shutdown, and a last time after it; a cancelled task writes nothing more.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while (try? await Task.sleep(for: self.interval)) != nil { await self.flush() }
        }
        await flush()
    }

    /// Writes what was collected; what cannot be written now is kept.
    package func flush() async {
        await settleDoubtful()
        let flushes = state.withLock { $0.buffer.take() }
        var isAway = false
        for flush in flushes {
            if isAway {
                state.withLock { $0.buffer.putBack(flush) }
            } else {
                isAway = await !write(flush)
            }
        }
    }

    /// Writes one workspace's rejections, or keeps them and returns false.
    private func write(_ flush: RejectionFlush) async -> Bool {
        var transactionID: String?
        do {
            try await pool.withConnection(deadline: .now + Self.timeout) { connection in
                try await connection.withTransaction(deadline: .now + Self.timeout) { connection in
                    let identified = try await connection.query(Queries.readTransactionID)
                    let parameters = flush.parameters
                    _ = try await connection.query(
                        Queries.recordRejections,
                        parameters,
                        deadline: .now + Self.timeout
                    )
                    transactionID = try identified.first?.decode(0, as: String.self)
                }
            }
            return true
        } catch {
            logger.debug("Rejected deliveries were not recorded", metadata: ["error": "\(Self.code(of: error))"])
            let identified = transactionID
            state.withLock { state in
                if let identified {
                    state.doubtful.append(Doubtful(flush: flush, transactionID: identified))
                } else {
                    state.buffer.putBack(flush)
                }
            }
            return false
        }
    }

    /// Finds out what became of flushes whose commit was not confirmed.
    private func settleDoubtful() async {
        for doubtful in state.withLock({ $0.doubtful }) {
            let status: String?
            do throws(PostgresError) {
                let parameters: [PostgresParameter] = [.text(doubtful.transactionID)]
                let result = try await pool.query(
                    Queries.readTransactionStatus,
                    parameters,
                    deadline: .now + Self.timeout
                )
                status = try result.first?.decode(0, as: String?.self)
            } catch {
                return
            }
            guard status != "in progress" else { continue }
            state.withLock { state in
                state.doubtful.removeAll { $0.transactionID == doubtful.transactionID }
                if status == "aborted" { state.buffer.putBack(doubtful.flush) }
            }
        }
    }

    private static func code(of error: any Error) -> String {
        (error as? PostgresError).map { "\($0.code)" } ?? "\(type(of: error))"
    }
}
