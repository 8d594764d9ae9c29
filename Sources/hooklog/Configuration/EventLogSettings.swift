import Configuration
import EventLog

/// How `serve` appends to the log.
struct EventLogSettings: Sendable {
    /// The limits of the appender.
    let appender: EventAppenderConfiguration

    /// Reads the settings.
    ///
    /// - `append_workers`: whole number, default 4: workspaces that are appended to at a time, each on a connection
    /// - `append_queue`: whole number, default 8192: deliveries that may wait; the next is answered with 503
    ///
    /// - Throws: `invalidSetting` naming the key.
    init(config: ConfigReader) throws(CommandError) {
        var appender = EventAppenderConfiguration()
        appender.workers = try config.number(.appendWorkers, in: 1...64, default: appender.workers)
        appender.queueCount = try config.number(.appendQueue, in: 1...1_000_000, default: appender.queueCount)
        self.appender = appender
    }
}
