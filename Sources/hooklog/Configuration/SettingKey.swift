import Configuration

/// The name of a setting, in its three spellings.
///
/// `database_url` in the file is `--database-url` on the command line and `HOOKLOG_DATABASE_URL` in the environment.
struct SettingKey: RawRepresentable, Hashable {
    /// The name in the configuration file, in `snake_case`.
    let rawValue: String

    /// Every setting.
    static let all = [
        ListenerSettings.listenKey, ListenerSettings.adminListenKey,
        ListenerSettings.adminHostsKey, ListenerSettings.rolesKey,
        DatabaseSettings.urlKey, DatabaseSettings.embeddedKey, DatabaseSettings.masterKeyKey,
        ServeSettings.connectionsKey, ServeSettings.bodyMemoryKey,
        EventLogSettings.workersKey, EventLogSettings.queueKey,
        ProjectionSettings.directoryKey, ProjectionSettings.workersKey, LogSettings.formatKey, LogSettings.levelKey,
    ]

    init(rawValue: String) {
        self.rawValue = rawValue
    }

    init(_ rawValue: String) {
        self.init(rawValue: rawValue)
    }

    /// The key by which providers are asked.
    var configKey: ConfigKey { ConfigKey([rawValue]) }
    /// The spelling on the command line.
    var flag: String { "--" + rawValue.replacing("_", with: "-") }
    /// The spelling in the environment.
    var variable: String { "HOOKLOG_" + rawValue.uppercased() }
}
