import ArgumentParser
import Postgres
import Schema

/// `hooklog migrate`: brings the schema to this build's version.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Install the schema, or bring it to this program's version.",
        discussion: """
            Connect as a role that may make schemas in the database. It happens completely or not at all, and running \
            it again does no harm. It also registers the projections, those in --projections included: a new or \
            changed one is built by `serve` beside what is in use, and takes over when it has caught up. `serve` \
            migrates an empty database and an embedded one by itself.
            """
    )

    @OptionGroup var projectionOptions: ProjectionOptions
    @OptionGroup var databaseOptions: DatabaseOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        let flags = databaseOptions.flags.merging(projectionOptions.flags) { $1 }
        let config = try await SettingsSources(flags: flags, file: databaseOptions.file.config).load()
        let catalog = try ProjectionSettings(config: config).catalog()
        let outcome = try await databaseOptions.withDatabase { database in
            try await SchemaInstallation(database: database, projections: catalog).migrate()
        }
        let summary = MigrationSummary(
            previousVersion: outcome.previous,
            version: outcome.current,
            replacedFunctions: outcome.replacedFunctions
        )
        try Output(outputOptions).write(summary) { summary.sentence }
    }
}

/// What a migration did, in the form that is printed.
struct MigrationSummary: Encodable, Hashable {
    let previousVersion: Int
    let version: Int
    let replacedFunctions: Bool

    /// The summary for people.
    var sentence: String {
        if previousVersion == version {
            return "The schema was at version \(version) already\(replacedFunctions ? "; its functions are new" : "")."
        }
        return "The schema is at version \(version) now\(previousVersion > 0 ? "; it was at \(previousVersion)" : "")."
    }
}
