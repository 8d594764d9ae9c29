import Logging
import Postgres
import ServiceLifecycle

/// Deletes the answers that were stored for idempotency keys once they no longer count.
///
/// Every minute, in the workspaces written to since, in short statements of a bounded number of rows; idle workspaces
/// cost nothing and keep theirs until the next write. What was not deleted counts no more either way.
package final class StoredAnswerKeeper: Service {
    /// The most rows that one statement deletes.
    private static let batchSize: Int32 = 1000
    /// The most statements for one workspace in a round; the next round goes on.
    private static let batchLimit = 20

    private let pool: PostgresPool
    private let activity: LogActivity
    private let interval: Duration
    private let logger: Logger

    /// Creates a keeper over a pool.
    package init(pool: PostgresPool, activity: LogActivity, interval: Duration = .seconds(60), logger: Logger) {
        self.pool = pool
        self.activity = activity
        self.interval = interval
        self.logger = logger
    }

    /// Deletes until the graceful shutdown or cancellation.
    package func run() async throws {
        let subscription = activity.subscribe(to: .here)
        await cancelWhenGracefulShutdown {
            while let touched = await subscription.next() {
                try? await Task.sleep(for: self.interval)
                for workspace in touched.workspaces where !Task.isCancelled { await self.keep(workspace) }
            }
        }
    }

    /// Deletes what no longer counts in a workspace, up to a bound, and returns how many answers it was.
    @discardableResult
    package func prune(_ workspace: WorkspaceID) async throws(EventLogError) -> Int64 {
        var total: Int64 = 0
        do throws(PostgresError) {
            for _ in 0..<Self.batchLimit {
                let parameters: [PostgresParameter] = [.int8(workspace.rawValue), .int4(Self.batchSize)]
                let result = try await pool.query(Queries.pruneStoredAnswers, parameters)
                let deleted = try result.first?.decode(0, as: Int64.self) ?? 0
                total += deleted
                if deleted < Self.batchSize { break }
            }
        } catch {
            throw EventLogError(error, workspace: workspace)
        }
        return total
    }

    private func keep(_ workspace: WorkspaceID) async {
        do throws(EventLogError) {
            try await prune(workspace)
        } catch {
            logger.debug("Stored answers were not deleted", metadata: ["error": "\(error.code)"])
        }
    }
}
