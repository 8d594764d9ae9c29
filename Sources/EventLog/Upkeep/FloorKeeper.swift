import Logging
import Postgres
import ServiceLifecycle

/// Moves the floors of logs that have grown, so that the search for their last event stays short.
///
/// Every minute, one short statement per workspace touched since; idle workspaces cost nothing. A floor that was not
/// moved costs time only, so a failure waits for the next growth of that log.
package final class FloorKeeper: Service {
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

    /// Moves floors until the graceful shutdown or cancellation.
    package func run() async throws {
        let subscription = activity.subscribe(to: .here)
        await cancelWhenGracefulShutdown {
            while let touched = await subscription.next() {
                try? await Task.sleep(for: self.interval)
                for workspace in touched.workspaces where !Task.isCancelled { await self.move(workspace) }
            }
        }
    }

    /// Moves the floor of one log to its last event; returns false when it was there already.
    package func moveFloor(of workspace: WorkspaceID) async throws(EventLogError) -> Bool {
        do throws(PostgresError) {
            let result = try await pool.query(Queries.moveFloor, [.int8(workspace.rawValue)])
            return try result.first?.decode(0, as: Bool.self) ?? false
        } catch {
            throw EventLogError(error, workspace: workspace)
        }
    }

    private func move(_ workspace: WorkspaceID) async {
        do throws(EventLogError) {
            _ = try await moveFloor(of: workspace)
        } catch {
            logger.debug("A log's floor was not moved", metadata: ["error": "\(error.code)"])
        }
    }
}
