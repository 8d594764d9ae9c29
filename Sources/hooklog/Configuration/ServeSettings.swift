import Configuration
import EventLog
import HTTPServer
import Logging

/// All settings of `serve`.
struct ServeSettings: Sendable {
    private static let mebibyte = 1 << 20

    /// Where it listens and what it runs.
    let listeners: ListenerSettings
    /// How it appends.
    let appender: EventAppenderConfiguration
    /// Which projections there are.
    let projections: ProjectionSettings
    /// The database.
    let database: DatabaseSettings
    /// How it logs.
    let log: LogSettings
    /// The greatest number of public connections at a time.
    let connectionLimit: Int
    /// The bytes that requests may take in memory.
    let bodyByteCount: Int

    /// Reads the settings: those of ``ListenerSettings``, of the appender, of ``ProjectionSettings``, ``DatabaseSettings`` and
    /// ``LogSettings``.
    ///
    /// - `connections`: whole number, default 4096: public connections at a time; further ones wait
    /// - `body_memory`: whole number of MiB, default 64: memory that requests may take, from their first byte until they
    ///   are answered; the one that has held the most for the longest is refused with 503
    ///
    /// - Throws: `invalidSetting` naming the key, or `databaseNotConfigured`.
    init(config: ConfigReader, flags: [SettingKey: String] = [:]) throws(CommandError) {
        log = try LogSettings(config: config, defaultLevel: .info)
        listeners = try ListenerSettings(config: config)
        appender = try EventAppenderConfiguration(config: config)
        projections = try ProjectionSettings(config: config)
        connectionLimit = try config.number(.connections, in: 1...1_000_000, default: 4096)
        bodyByteCount =
            Self.mebibyte
            * (try config.number(
                .bodyMemory,
                in: BodyBudget.minimumByteCount / Self.mebibyte...65536,
                default: BodyBudget.defaultByteCount / Self.mebibyte
            ))
        database = try DatabaseSettings(config: config, flags: flags)
    }

    /// The addresses and limits of both listeners.
    var http: HTTPServerConfiguration {
        var http = HTTPServerConfiguration()
        http.publicListener.host = listeners.listen.host
        http.publicListener.port = listeners.listen.port
        http.publicListener.connectionLimit = connectionLimit
        http.adminListener.host = listeners.adminListen.host
        http.adminListener.port = listeners.adminListen.port
        http.bodyByteCount = bodyByteCount
        return http
    }
}

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
