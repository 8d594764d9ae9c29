import ArgumentParser
import Connectors
import EventLog
import Foundation

/// `hooklog source list`: prints the sources of a workspace.
struct ListSourcesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Print the sources of a workspace.")

    @OptionGroup var workspaceOptions: WorkspaceOptions
    @OptionGroup var databaseOptions: DatabaseOptions
    @OptionGroup var output: Output

    func run() async throws {
        let sources = try await databaseOptions.withDatabase { database in
            try await database.sources().list(in: workspaceOptions.find(in: database))
        }
        try output.write(["sources": sources.map(SourceSummary.init)]) {
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

    @Argument(help: .value("source", "The source's id, src_…."))
    var source: SourceID

    @OptionGroup var databaseOptions: DatabaseOptions
    @OptionGroup var output: Output

    func run() async throws {
        let (details, status) = try await databaseOptions.withDatabase { database in
            let store = database.sources()
            let details = try await store.show(source)
            return (
                details,
                Connector.named(details.connector)?.sender.isThin == true
                    ? try await store.fetchStatus(of: source) : nil
            )
        }
        var summary = SourceSummary(details)
        summary.fetching = status.map(FetchSummary.init)
        let shown = summary
        try output.write(shown) { shown.text }
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
    /// How fetching fares, for a source whose objects must be fetched.
    var fetching: FetchSummary?

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
        lines += fetchLines
        for secret in secrets {
            let end = secret.expiresAt.map { " until \(Moment.text(of: $0))" } ?? ""
            lines.append("Secret \(secret.number)    from \(Moment.text(of: secret.notBefore))\(end)")
        }
        return lines.joined(separator: "\n")
    }

    private var fetchLines: [String] {
        guard let fetching else { return [] }
        guard let fetch = settings.fetch else {
            return ["Fetches     not set; say how with `hooklog source fetch` (\(fetching.text))"]
        }
        let mode = fetch.testMode ? ", test data" : ""
        return ["Fetches     from \(fetch.baseURL), workspace \(fetch.workspace)\(mode); \(fetching.text)"]
            + (fetching.problem.map { ["Problem     \($0)"] } ?? [])
    }
}

/// How fetching fares for a source, in the form that is printed.
struct FetchSummary: Encodable {
    let waiting: Int64
    let waitingSince: Date?
    let problem: String?

    /// Takes what a store returned.
    init(_ status: SourceFetchStatus) {
        waiting = status.waiting
        waitingSince = status.waitingSince?.date
        problem = status.problem
    }

    /// What waits, for people.
    var text: String {
        guard waiting > 0 else { return "nothing waits" }
        return "\(waiting) wait\(waitingSince.map { ", the oldest since \(Moment.text(of: $0))" } ?? "")"
    }
}
