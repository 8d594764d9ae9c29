import Logging
import Postgres

/// Listens on a channel on a connection of its own, and comes back whenever the connection breaks.
package struct NotificationListener: Sendable {
    private let configuration: PostgresConfiguration
    private let channel: String
    private let logger: Logger

    /// A quiet connection is checked this often.
    private static let checkInterval = Duration.seconds(15)

    /// Creates a listener.
    package init(configuration: PostgresConfiguration, channel: String, logger: Logger) {
        self.configuration = configuration
        self.channel = channel
        self.logger = logger
    }

    /// Listens until the task is cancelled.
    ///
    /// `connected` is called each time that listening has begun: what was sent before is lost. `received` is called with
    /// the payload of each notification.
    package func run(
        connected: @Sendable () async -> Void,
        received: @Sendable (String) async -> Void
    ) async {
        var failures = 0
        while !Task.isCancelled {
            do throws(PostgresError) {
                let connection = try await PostgresConnection.connect(
                    configuration,
                    logger: logger,
                    threadName: "postgres-listen"
                )
                do throws(PostgresError) {
                    // A standby lets nobody listen.
                    try await connection.listen([channel])
                    failures = 0
                    try await listen(on: connection, connected: connected, received: received)
                } catch {
                    await connection.close()
                    throw error
                }
            } catch {
                guard error.code != .cancelled else { return }
                logger.debug("Listening failed", metadata: ["channel": "\(channel)", "error": "\(error.code)"])
                failures += 1
                try? await Task.sleep(for: Backoff().delay(afterAttempts: failures))
            }
        }
    }

    private func listen(
        on connection: PostgresConnection,
        connected: @Sendable () async -> Void,
        received: @Sendable (String) async -> Void
    ) async throws(PostgresError) {
        await connected()
        while true {
            let notifications = try await connection.waitForNotifications(until: .now + Self.checkInterval)
            if notifications.isEmpty {
                try await connection.ping(deadline: .now + .seconds(5))
            } else {
                for notification in notifications { await received(notification.payload) }
            }
        }
    }
}
