import ArgumentParser
import EventLog
import Foundation

/// `hooklog source list`: prints the sources of a workspace.
struct ListSourcesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Print the sources of a workspace.")

    @OptionGroup var workspaceOptions: WorkspaceOptions
    @OptionGroup var databaseOptions: DatabaseOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        let sources = try await databaseOptions.withDatabase { database in
            let workspace = try await workspaceOptions.find(in: database)
            return try await SourceStore(pool: database.pool, sealer: nil).list(in: workspace.id)
        }
        try Output(outputOptions).write(["sources": sources.map(SourceSummary.init)]) {
            Table(
                ["SOURCE", "CONNECTOR", "NAME", "STATE", "MADE"],
                rows: sources.map {
                    [
                        $0.id.description, $0.connector.rawValue, $0.name,
                        $0.disabledAt == nil ? "enabled" : "disabled", Moment.text(of: $0.createdAt.date),
                    ]
                },
                emptyText: "There is no source yet. Make one with `hooklog source create --connector NAME`."
            )
        }
    }
}

/// `hooklog source show`: prints all that can be shown of a source.
struct ShowSourceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Print all of a source but its secrets."
    )

    @Argument(help: ArgumentHelp("The source's id, src_….", valueName: "source"))
    var source: SourceArgument

    @OptionGroup var databaseOptions: DatabaseOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        let details = try await databaseOptions.withDatabase { database in
            try await SourceStore(pool: database.pool, sealer: nil).show(source.id)
        }
        let summary = SourceSummary(details)
        try Output(outputOptions).write(summary) { summary.text }
    }
}

/// A source in the form that is printed.
struct SourceSummary: Encodable {
    /// The time in which a secret counts.
    struct Secret: Encodable {
        let number: Int64
        let notBefore: Date
        let expiresAt: Date?
    }

    let sourceID: String
    let path: String
    let connector: String
    let name: String
    let settings: SourceSettings
    let createdAt: Date
    let disabledAt: Date?
    let secrets: [Secret]

    /// Takes what a store returned.
    init(_ details: SourceDetails) {
        sourceID = details.id.description
        path = "/webhooks/\(details.id)"
        connector = details.connector.rawValue
        name = details.name
        settings = details.settings
        createdAt = details.createdAt.date
        disabledAt = details.disabledAt?.date
        secrets = details.secrets.map {
            Secret(number: $0.number, notBefore: $0.notBefore.date, expiresAt: $0.expiresAt?.date)
        }
    }

    /// The summary for people.
    var text: String {
        var lines = [
            "Source      \(sourceID)",
            "Path        \(path)",
            "Connector   \(connector)",
            "Name        \(name)",
            "Made        \(Moment.text(of: createdAt))",
            "State       \(disabledAt.map { "disabled since \(Moment.text(of: $0))" } ?? "enabled")",
            "Body limit  \(settings.maximumBodySize) bytes",
        ]
        for secret in secrets {
            let end = secret.expiresAt.map { " until \(Moment.text(of: $0))" } ?? ""
            lines.append("Secret \(secret.number)    from \(Moment.text(of: secret.notBefore))\(end)")
        }
        return lines.joined(separator: "\n")
    }
}
