import Logging
import Postgres
import ServiceLifecycle

/// Carries ``LogActivity`` between processes.
///
/// It sends at most one notification every 50 ms on channel `hooklog_activity`, outside the appends, with the workspaces
/// that this process touched; and it listens to those of other processes. While the database is away it tries again
/// with growing waits; news missed meanwhile shows as a ``TouchedWorkspaces`` that is not complete.
package final class ActivityNotifier: Service {
    private let pool: PostgresPool
    private let listener: NotificationListener
    private let activity: LogActivity
    private let logger: Logger

    private static let interval = Duration.milliseconds(50)

    /// Creates a notifier that sends through `pool` and listens on a connection of its own.
    package init(
        pool: PostgresPool,
        configuration: PostgresConfiguration,
        activity: LogActivity,
        logger: Logger
    ) {
        self.pool = pool
        listener = NotificationListener(configuration: configuration, channel: ActivityPayload.channel, logger: logger)
        self.activity = activity
        self.logger = logger
    }

    /// Sends and listens until the graceful shutdown or cancellation.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await self.send() }
                group.addTask { await self.listen() }
            }
        }
    }

    /// Tells other processes at once that a log has grown, for one that is about to end; it may fail without a word.
    package func announce(_ workspace: WorkspaceID) async {
        do throws(PostgresError) {
            try await notify(TouchedWorkspaces([workspace]))
        } catch {
            logger.debug("Activity was not sent", metadata: ["error": "\(error.code)"])
        }
    }

    private func notify(_ touched: TouchedWorkspaces) async throws(PostgresError) {
        let payload = PostgresParameter.text(ActivityPayload.encode(touched))
        _ = try await pool.query(Queries.notifyActivity, [payload], deadline: .now + .seconds(5))
    }

    private func send() async {
        let subscription = activity.subscribe(to: .here)
        var failures = 0
        var pending = TouchedWorkspaces()
        while let touched = pending.isEmpty ? await subscription.next() : pending {
            pending = touched
            do throws(PostgresError) {
                try await notify(touched)
                pending = TouchedWorkspaces()
                failures = 0
                try? await Task.sleep(for: Self.interval)
            } catch {
                guard !Task.isCancelled else { return }
                logger.debug("Activity was not sent", metadata: ["error": "\(error.code)"])
                failures += 1
                try? await Task.sleep(for: Backoff().delay(afterAttempts: failures))
            }
        }
    }

    private func listen() async {
        await listener.run {
            self.activity.noticed(TouchedWorkspaces(isComplete: false))
        } received: { payload in
            self.activity.noticed(ActivityPayload.decode(payload))
        }
    }
}
