import Configuration
import EventLog

/// Which database a command works on.
struct DatabaseSettings: Sendable {
    /// The place of the database.
    enum Location: Sendable, Hashable {
        /// A running PostgreSQL, by its libpq connection string.
        case external(connectionString: String)
        /// A private cluster in a directory.
        case embedded(directory: String)
    }

    /// The place of the database.
    let location: Location
    /// The master key given in the settings as base64, if any.
    let masterKey: MasterKey?

    /// Reads the settings.
    ///
    /// - `database_url`: text, secret, default none: a PostgreSQL URI or libpq's `key=value` pairs
    /// - `embedded_postgres`: path of a directory, default none; a flag wins over a `database_url` from elsewhere
    /// - `master_key`: 32 bytes as base64, secret, default none (`master.key` of an embedded directory)
    ///
    /// - Throws: `databaseNotConfigured`, or `invalidSetting` when both are given or a value is not usable.
    init(config: ConfigReader, flags: [SettingKey: String] = [:]) throws(CommandError) {
        location = try Self.location(config, flags: flags)
        masterKey = try Self.masterKey(config)
    }

    private static func masterKey(_ config: ConfigReader) throws(CommandError) -> MasterKey? {
        guard let text = try config.text(.masterKey, isSecret: true) else { return nil }
        guard let key = try? MasterKey(text) else {
            throw SettingKey.masterKey.invalid("must be 32 bytes in base64, as `hooklog master-key` prints them")
        }
        return key
    }

    private static func location(
        _ config: ConfigReader,
        flags: [SettingKey: String]
    ) throws(CommandError) -> Location {
        // A flag for one kind of database overrides the other kind from the environment or the file.
        let url = flags[.embeddedPostgres] != nil ? flags[.databaseURL] : try config.text(.databaseURL, isSecret: true)
        let directory = flags[.databaseURL] != nil ? flags[.embeddedPostgres] : try config.text(.embeddedPostgres)
        switch (url, directory) {
        case (let url?, nil): return .external(connectionString: url)
        case (nil, let directory?): return .embedded(directory: directory)
        case (nil, nil):
            throw CommandError(
                .databaseNotConfigured,
                "No database is configured. Give --database-url (or HOOKLOG_DATABASE_URL) for a PostgreSQL of your"
                    + " own, or --embedded-postgres DIR (or HOOKLOG_EMBEDDED_POSTGRES) to have one run in DIR."
            )
        case (.some, .some):
            throw CommandError(
                .invalidSetting,
                "Both database_url and embedded_postgres are set. Leave one of them out."
            )
        }
    }
}

extension DatabaseSettings: CustomStringConvertible, CustomReflectable {
    /// The kind of the database; never its address, which may hold a password.
    var description: String {
        switch location {
        case .external: "DatabaseSettings(external)"
        case .embedded(let directory): "DatabaseSettings(embedded in \(directory))"
        }
    }

    /// A mirror without values.
    var customMirror: Mirror { Mirror(self, children: []) }
}
