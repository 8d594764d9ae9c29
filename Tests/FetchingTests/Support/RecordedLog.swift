import Locking
import Logging

@testable import Fetching

/// Keeps the warnings that are logged.
final class RecordedLog: Sendable {
    private struct Handler: LogHandler {
        let log: RecordedLog
        var logLevel = Logger.Level.warning
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            log.take(event.message.description)
        }
    }

    private let messages = Locked<[String]>([])

    /// The messages of the warnings, in order.
    var warnings: [String] { messages.withLock { $0 } }

    /// Logs here.
    var logger: Logger { Logger(label: "test") { _ in Handler(log: self) } }

    private func take(_ message: String) {
        messages.withLock { $0.append(message) }
    }
}
