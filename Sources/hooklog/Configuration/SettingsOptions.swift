import ArgumentParser
import Configuration

/// The option that names the configuration file; every command that reads settings has it.
struct SettingsFileOptions: ParsableArguments {
    @Option(help: .value("file", "Read settings from this file; else from hooklog.yaml if it is there."))
    var config: String?
}

/// The options of every command that works on a database.
struct DatabaseOptions: ParsableArguments {
    @Option(
        name: .customLong("database-url"),
        help: .value("url", "The PostgreSQL to work on, such as postgres://user@host/db.")
    )
    var databaseURL: String?

    @Option(
        name: .customLong("embedded-postgres"),
        help: .value("dir", "Run a private PostgreSQL in this directory, or join the one that runs there.")
    )
    var embeddedPostgres: String?

    @OptionGroup var file: SettingsFileOptions

    /// The settings given as flags.
    var flags: [SettingKey: String] {
        var flags: [SettingKey: String] = [:]
        flags[DatabaseSettings.urlKey] = databaseURL
        flags[DatabaseSettings.embeddedKey] = embeddedPostgres
        return flags
    }
}

/// The options for how the program logs.
struct LogOptions: ParsableArguments {
    @Option(name: .customLong("log-format"), help: .value("format", "text or json (default: text)."))
    var format: String?

    @Option(
        name: .customLong("log-level"),
        help: .value("level", "trace, debug, info, notice, warning, error or critical (default: info).")
    )
    var level: String?

    /// The settings given as flags.
    var flags: [SettingKey: String] {
        var flags: [SettingKey: String] = [:]
        flags[LogSettings.formatKey] = format
        flags[LogSettings.levelKey] = level
        return flags
    }
}

/// The option that names the user's own projections.
struct ProjectionOptions: ParsableArguments {
    @Option(help: .value("dir", "The directory of your own projections, SQL files that are registered too."))
    var projections: String?

    /// The settings given as flags.
    var flags: [SettingKey: String] {
        var flags: [SettingKey: String] = [:]
        flags[ProjectionSettings.directoryKey] = projections
        return flags
    }
}
