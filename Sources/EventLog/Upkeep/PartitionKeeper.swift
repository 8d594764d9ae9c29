import Logging
import Postgres
import Schema
import ServiceLifecycle

/// Keeps the log's monthly partitions made a year ahead.
///
/// Without a partition for the present month every append fails, so fewer than two months ahead are a warning in the log.
/// One that was lost is made anew, empty; where it had events, the appends then fail and the log's watch tells why.
package final class PartitionKeeper: Service {
    private static let alarm: Int64 = 2
    private static let interval = Duration.seconds(3600)

    private let pool: PostgresPool
    private let logger: Logger

    /// Creates a keeper over a pool.
    package init(pool: PostgresPool, logger: Logger) {
        self.pool = pool
        self.logger = logger
    }

    /// Makes what is missing now and every hour, until the graceful shutdown or cancellation.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            repeat { await self.keepUntilMade() } while (try? await Task.sleep(for: Self.interval)) != nil
        }
    }

    /// Makes what is missing and returns the months ahead of the current one; -1 when that has no partition, for
    /// another table bears its name.
    ///
    /// Throws `unavailable` when the database is away or a lock was not had at once: try again.
    @discardableResult
    package func keep() async throws(EventLogError) -> Int64 {
        do throws(PostgresError) {
            _ = try await pool.query(Queries.makePartitions, [.int4(Migrator.partitionMonths)])
            return try await LogInspector(pool: pool).monthsAhead()
        } catch {
            throw EventLogError(error)
        }
    }

    private func keepUntilMade() async {
        let backoff = Backoff(first: .milliseconds(200), limit: .seconds(30))
        var failures = 0
        while !Task.isCancelled {
            do throws(EventLogError) {
                if try await keep() < Self.alarm { logger.warning("The log has partitions for less than two months") }
                return
            } catch {
                logger.debug("Partitions were not made", metadata: ["error": "\(error.code)"])
                failures += 1
                try? await Task.sleep(for: backoff.delay(afterAttempts: failures))
            }
        }
    }
}
