import ArgumentParser
import Configuration

/// The option that names the configuration file; every command that reads settings has it.
struct SettingsFileOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Read settings from this file; else from hooklog.yaml if it is there.", valueName: "file")
    )
    var config: String?
}

/// The options of every command that works on a database.
struct DatabaseOptions: ParsableArguments {
    @Option(
        name: .customLong("database-url"),
        help: ArgumentHelp(
            "The PostgreSQL to work on, such as postgres://user@host/db.",
            valueName: "url"
        )
    )
    var databaseURL: String?

    @Option(
        name: .customLong("embedded-postgres"),
        help: ArgumentHelp(
            "Run a private PostgreSQL in this directory, or join the one that runs there.",
            valueName: "dir"
        )
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
    @Option(name: .customLong("log-format"), help: ArgumentHelp("text or json (default: text).", valueName: "format"))
    var format: String?

    @Option(
        name: .customLong("log-level"),
        help: ArgumentHelp(
            "trace, debug, info, notice, warning, error or critical (default: info).",
            valueName: "level"
        )
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
    @Option(
        help: ArgumentHelp(
            "The directory of your own projections, SQL files that are registered too.",
            valueName: "dir"
        )
    )
    var projections: String?

    /// The settings given as flags.
    var flags: [SettingKey: String] {
        var flags: [SettingKey: String] = [:]
        flags[ProjectionSettings.directoryKey] = projections
        return flags
    }
}
