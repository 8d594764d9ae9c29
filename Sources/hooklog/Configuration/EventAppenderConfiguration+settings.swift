import Configuration
import EventLog

extension EventAppenderConfiguration {
    /// Reads how `serve` appends to the log.
    ///
    /// - `append_workers`: whole number, default 4: workspaces that are appended to at a time, each on a connection
    /// - `append_queue`: whole number, default 8192: deliveries that may wait; the next is answered with 503
    ///
    /// - Throws: `invalidSetting` naming the key.
    init(config: ConfigReader) throws(CommandError) {
        self.init()
        workers = try config.number(.appendWorkers, in: 1...64, default: workers)
        queueCount = try config.number(.appendQueue, in: 1...1_000_000, default: queueCount)
    }
}
