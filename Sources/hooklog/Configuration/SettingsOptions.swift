import ArgumentParser
import Configuration

/// The options of every command that works on a database, and so reads settings.
struct DatabaseOptions: ParsableArguments {
    @Option(help: .value("url", "The PostgreSQL to work on, such as postgres://user@host/db."))
    var databaseURL: String?

    @Option(help: .value("dir", "Run a private PostgreSQL in this directory, or join the one that runs there."))
    var embeddedPostgres: String?

    @Option(help: .value("file", "Read settings from this file; else from hooklog.yaml if it is there."))
    var config: String?

    /// The settings given as flags.
    var flags: [SettingKey: String] {
        [SettingKey.databaseURL: databaseURL, .embeddedPostgres: embeddedPostgres].compactMapValues(\.self)
    }

    /// Reads the settings: `flags`, these ones by default, then the environment and the file.
    func loadSettings(_ flags: [SettingKey: String]? = nil) async throws(CommandError) -> ConfigReader {
        try await SettingsSources(flags: flags ?? self.flags, file: config).load()
    }
}

/// The options for how the program logs.
struct LogOptions: ParsableArguments {
    @Option(help: .value("format", "text or json (default: text)."))
    var logFormat: String?

    @Option(help: .value("level", "trace, debug, info, notice, warning, error or critical (default: info)."))
    var logLevel: String?

    /// The settings given as flags.
    var flags: [SettingKey: String] { [SettingKey.logFormat: logFormat, .logLevel: logLevel].compactMapValues(\.self) }
}

/// The option that names the user's own projections.
struct ProjectionOptions: ParsableArguments {
    @Option(help: .value("dir", "The directory of your own projections, SQL files that are registered too."))
    var projections: String?

    /// The settings given as flags.
    var flags: [SettingKey: String] { [SettingKey.projections: projections].compactMapValues(\.self) }
}
