import Logging
import Metrics
import Postgres
import ServiceLifecycle

/// Keeps the log's monthly partitions made a year ahead.
///
/// Without a partition for the present month every append fails, so the months ahead are a gauge,
/// `hooklog.log.partition.months_ahead`, and fewer than two are a warning in the log.
package final class PartitionKeeper: Service {
    /// The months that are kept made, the current one included.
    package static let months: Int32 = 13
    private static let alarm: Int64 = 2

    private let pool: PostgresPool
    private let interval: Duration
    private let logger: Logger
    private let gauge = Gauge(label: "hooklog.log.partition.months_ahead")

    /// Creates a keeper over a pool.
    package init(pool: PostgresPool, interval: Duration = .seconds(3600), logger: Logger) {
        self.pool = pool
        self.interval = interval
        self.logger = logger
    }

    /// Makes what is missing now and every hour, until the graceful shutdown or cancellation.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            repeat { await self.keepUntilMade() } while (try? await Task.sleep(for: self.interval)) != nil
        }
    }

    /// Makes what is missing and returns the months ahead of the current one.
    ///
    /// Throws `unavailable` when the database is away or a lock was not had at once: try again.
    @discardableResult
    package func keep() async throws(EventLogError) -> Int64 {
        do throws(PostgresError) {
            _ = try await pool.query(Queries.makePartitions, [.int4(Self.months)])
            let result = try await pool.query(Queries.countPartitions)
            let ahead = try result.first?.decode(0, as: Int64.self) ?? 0
            gauge.record(ahead)
            return ahead
        } catch {
            throw EventLogError(error)
        }
    }

    private func keepUntilMade() async {
        var delay = RetryDelay(first: .milliseconds(200), limit: .seconds(30))
        while !Task.isCancelled {
            do throws(EventLogError) {
                if try await keep() < Self.alarm { logger.warning("The log has partitions for less than two months") }
                return
            } catch {
                logger.debug("Partitions were not made", metadata: ["error": "\(error.code)"])
                try? await Task.sleep(for: delay.next(jitter: .random(in: 0..<1)))
            }
        }
    }
}
