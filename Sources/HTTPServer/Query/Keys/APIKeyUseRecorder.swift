import EventLog
import Locking
import Logging
import Postgres
import Schema
import ServiceLifecycle

/// Keeps when keys were last used, and writes it down now and then: never as part of a request.
///
/// Uses are kept in memory, of a bounded number of keys; one more key goes unrecorded until the next flush. What was
/// not written at a crash is lost, and what could not be written is tried again at the next flush.
package final class APIKeyUseRecorder: Service, Sendable {
    private static let touchKeys = SQLLibrary.call("touch_api_keys", 3)
    private static let interval = Duration.seconds(60)

    private let pipeline: PostgresPipeline
    private let logger: Logger
    private let keyLimit: Int
    private let now: @Sendable () -> PostgresTimestamp
    private let uses = Locked<[APIKeyText: PostgresTimestamp]>([:])

    /// Makes a recorder that flushes once a minute and once more at shutdown.
    package init(
        pipeline: PostgresPipeline,
        logger: Logger,
        keyLimit: Int = 4096,
        now: @escaping @Sendable () -> PostgresTimestamp
    ) {
        self.pipeline = pipeline
        self.logger = logger
        self.keyLimit = keyLimit
        self.now = now
    }

    /// Notes that a key that was accepted has been used.
    func note(_ key: APIKeyText) {
        let now = now()
        uses.withLock { uses in
            guard uses.count < keyLimit || uses[key] != nil else { return }
            uses[key] = now
        }
    }

    /// Flushes until graceful shutdown or cancellation.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while (try? await Task.sleep(for: Self.interval)) != nil {
                await self.flush()
            }
        }
        await flush()
    }

    /// Writes down what was noted, a statement per workspace.
    func flush() async {
        let taken = uses.withLock { uses in
            defer { uses = [:] }
            return uses
        }
        for (workspace, entries) in Dictionary(grouping: taken, by: \.key.workspace) {
            do {
                let ids = PostgresParameter.int8Array(entries.map(\.key.keyID.rawValue))
                let times = PostgresParameter.timestamptzArray(entries.map(\.value))
                _ = try await pipeline.query(Self.touchKeys, [.int8(workspace.rawValue), ids, times])
            } catch {
                logger.debug("API key use not recorded", metadata: ["error": "\(error)"])
                putBack(entries)
            }
        }
    }

    private func putBack(_ entries: [(key: APIKeyText, value: PostgresTimestamp)]) {
        uses.withLock { uses in
            for (key, time) in entries where uses.count < keyLimit && uses[key] == nil {
                uses[key] = time
            }
        }
    }
}
