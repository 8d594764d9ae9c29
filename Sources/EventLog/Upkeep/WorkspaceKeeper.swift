import Logging
import Postgres
import ServiceLifecycle

/// Does a piece of upkeep every minute in the workspaces that this process wrote to since; idle ones cost nothing.
///
/// What failed waits until the workspace is written to again.
package final class WorkspaceKeeper: Service {
    private let activity: LogActivity
    private let interval: Duration
    private let logger: Logger
    private let failure: Logger.Message
    private let keep: @Sendable (WorkspaceID) async throws(EventLogError) -> Void

    /// Creates a keeper.
    ///
    /// - Parameter failure: What a log says of a workspace that was not kept.
    package init(
        activity: LogActivity,
        interval: Duration = .seconds(60),
        logger: Logger,
        failure: Logger.Message,
        _ keep: @escaping @Sendable (WorkspaceID) async throws(EventLogError) -> Void
    ) {
        self.activity = activity
        self.interval = interval
        self.logger = logger
        self.failure = failure
        self.keep = keep
    }

    /// Keeps until the graceful shutdown or cancellation.
    package func run() async throws {
        let subscription = activity.subscribe(to: .here)
        await cancelWhenGracefulShutdown {
            while let touched = await subscription.next() {
                try? await Task.sleep(for: self.interval)
                for workspace in touched.workspaces where !Task.isCancelled { await self.look(after: workspace) }
            }
        }
    }

    private func look(after workspace: WorkspaceID) async {
        do throws(EventLogError) {
            try await keep(workspace)
        } catch {
            logger.debug(failure, metadata: ["error": "\(error.code)"])
        }
    }
}

extension WorkspaceKeeper {
    /// Moves the floors of logs that have grown; one that was not moved costs time only.
    package static func floors(pool: PostgresPool, activity: LogActivity, logger: Logger) -> WorkspaceKeeper {
        let upkeep = WorkspaceUpkeep(pool: pool)
        return WorkspaceKeeper(activity: activity, logger: logger, failure: "A log's floor was not moved") {
            (workspace) async throws(EventLogError) in try await upkeep.moveFloor(of: workspace)
        }
    }

    /// Deletes the answers that were stored for idempotency keys; what was not deleted counts no more either way.
    package static func storedAnswers(pool: PostgresPool, activity: LogActivity, logger: Logger) -> WorkspaceKeeper {
        let upkeep = WorkspaceUpkeep(pool: pool)
        return WorkspaceKeeper(activity: activity, logger: logger, failure: "Stored answers were not deleted") {
            (workspace) async throws(EventLogError) in try await upkeep.pruneStoredAnswers(in: workspace)
        }
    }
}
