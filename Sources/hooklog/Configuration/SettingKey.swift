import Configuration

/// A setting, by its name in the configuration file; it has three spellings.
///
/// `database_url` in the file is `--database-url` on the command line and `HOOKLOG_DATABASE_URL` in the environment.
enum SettingKey: String, CaseIterable {
    case listen, connections, roles, projections
    case adminListen = "admin_listen"
    case adminHosts = "admin_hosts"
    case databaseURL = "database_url"
    case embeddedPostgres = "embedded_postgres"
    case masterKey = "master_key"
    case bodyMemory = "body_memory"
    case appendWorkers = "append_workers"
    case appendQueue = "append_queue"
    case projectorWorkers = "projector_workers"
    case logFormat = "log_format"
    case logLevel = "log_level"

    /// The key by which providers are asked.
    var configKey: ConfigKey { ConfigKey([rawValue]) }
    /// The spelling on the command line.
    var flag: String { "--" + rawValue.replacing("_", with: "-") }
    /// The spelling in the environment.
    var variable: String { "HOOKLOG_" + rawValue.uppercased() }
}
