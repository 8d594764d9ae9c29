import ArgumentParser
import Postgres
import Projections
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

            Exits with 1, the schema migrated and everything else done, when a projection of --projections is refused, \
            or when sessions that read a view have kept it from changing for a minute.
            """
    )

    @OptionGroup var projectionOptions: ProjectionOptions
    @OptionGroup var databaseOptions: DatabaseOptions
    @OptionGroup var output: Output

    func run() async throws {
        let flags = databaseOptions.flags.merging(projectionOptions.flags) { $1 }
        let config = try await databaseOptions.loadSettings(flags)
        let catalog = try ProjectionSettings(config: config).catalog()
        let outcome = try await databaseOptions.withDatabase { database in
            try await SchemaInstallation(database: database, projections: catalog).migrate()
        }
        let summary = MigrationSummary(outcome)
        try output.write(summary) { summary.sentence }
        guard summary.isComplete else { throw ExitCode.failure }
    }
}

/// What a migration did, in the form that is printed.
struct MigrationSummary: Encodable, Hashable {
    let previousVersion: Int
    let version: Int
    let replacedFunctions: Bool
    /// What became of each projection, at its name: unchanged, building, unannounced or superseded.
    let projections: [String: String]
    /// Why projections of users do not run, at their names.
    var refused: [String: String] = [:]

    /// Whether there is nothing to be done again.
    var isComplete: Bool { !projections.values.contains("unannounced") && refused.isEmpty }

    /// The summary for people.
    var sentence: String {
        let lines = projections.sorted { $0.key < $1.key }
            .map { "Projection \($0.key): \(Self.meaning(of: $0.value))." }
        let refusals = refused.sorted { $0.key < $1.key }.map { "Projection \($0.key) is refused: \($0.value)" }
        return ([schemaSentence] + lines + refusals).joined(separator: "\n")
    }

    private var schemaSentence: String {
        if previousVersion == version {
            return "The schema was at version \(version) already\(replacedFunctions ? "; its functions are new" : "")."
        }
        return "The schema is at version \(version) now\(previousVersion > 0 ? "; it was at \(previousVersion)" : "")."
    }

    private static func meaning(of word: String) -> String {
        switch word {
        case "unchanged": "this version is known already"
        case "building": "new; `serve` builds it, and it is in use when it has caught up"
        case "unannounced":
            "new; sessions that read its views keep its new columns from being shown, and what needs them fails until "
                + "`serve` has built it, or until they are done and `hooklog migrate` is run again"
        default: "left alone, since a later version is in use"
        }
    }
}

extension MigrationSummary {
    init(_ outcome: SchemaInstallation.Outcome) {
        self.init(
            previousVersion: outcome.schema.previous,
            version: outcome.schema.current,
            replacedFunctions: outcome.schema.replacedFunctions,
            projections: Dictionary(
                uniqueKeysWithValues: outcome.projections.map { ($0.key.rawValue, Self.word($0.value)) }
            ),
            refused: Dictionary(outcome.refused.map { ($0.projection, $0.reason) }) { first, _ in first }
        )
    }

    private static func word(_ outcome: RegistrationOutcome) -> String {
        switch outcome {
        case .unchanged: "unchanged"
        case .building: "building"
        case .unannounced: "unannounced"
        case .superseded: "superseded"
        }
    }
}
