import ArgumentParser
import Connectors
import EventLog

/// `hooklog source`: works on sources.
struct SourceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "source",
        abstract: "Make and change sources: who may send webhooks, and how they sign.",
        subcommands: [
            CreateSourceCommand.self, ListSourcesCommand.self, ShowSourceCommand.self, RotateSourceCommand.self,
            FetchSourceCommand.self, DisableSourceCommand.self, EnableSourceCommand.self,
        ]
    )

    /// What is said after a change of a source.
    static let changeNotice = "A running `hooklog serve` follows within two seconds."
}

extension SourceID: ExpressibleByArgument {}

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
        try output.write(["sources": sources.map { $0.json() }]) {
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
        try output.write(details.json(fetching: status)) { details.text(fetching: status) }
    }
}

extension SourceDetails {
    /// The source as it is printed as JSON, with how fetching fares where its objects must be fetched.
    fileprivate func json(fetching: SourceFetchStatus? = nil) -> JSONObject {
        [
            "source_id": id.description, "path": "/webhooks/\(id)", "connector": connector.rawValue, "name": name,
            "settings": settings, "created_at": createdAt.date, "disabled_at": disabledAt?.date,
            "secrets": secrets.map(\.json), "fetching": fetching?.json,
        ]
    }

    /// The source for people.
    fileprivate func text(fetching: SourceFetchStatus?) -> String {
        var lines = [
            "Source      \(id)",
            "Path        /webhooks/\(id)",
            "Connector   \(connector)",
            "Name        \(name)",
            "Made        \(Moment.text(of: createdAt.date))",
            "State       \(disabledAt.map { "disabled since \(Moment.text(of: $0.date))" } ?? "enabled")",
            "Body limit  \(settings.maximumBodySize) bytes",
        ]
        lines += fetching.map(fetchLines) ?? []
        for secret in secrets {
            let end = secret.expiresAt.map { " until \(Moment.text(of: $0.date))" } ?? ""
            lines.append("Secret \(secret.number)    from \(Moment.text(of: secret.notBefore.date))\(end)")
        }
        return lines.joined(separator: "\n")
    }

    private func fetchLines(_ fetching: SourceFetchStatus) -> [String] {
        guard let fetch = settings.fetch else {
            return ["Fetches     not set; say how with `hooklog source fetch` (\(fetching.text))"]
        }
        let mode = fetch.testMode ? ", test data" : ""
        return ["Fetches     from \(fetch.baseURL), workspace \(fetch.workspace)\(mode); \(fetching.text)"]
            + (fetching.problem.map { ["Problem     \($0)"] } ?? [])
    }
}

extension SourceDetails.Secret {
    fileprivate var json: JSONObject {
        ["number": number, "not_before": notBefore.date, "expires_at": expiresAt?.date]
    }
}

extension SourceFetchStatus {
    fileprivate var json: JSONObject {
        ["waiting": waiting, "waiting_since": waitingSince?.date, "problem": problem]
    }

    /// What waits, for people.
    fileprivate var text: String {
        guard waiting > 0 else { return "nothing waits" }
        return "\(waiting) wait\(waitingSince.map { ", the oldest since \(Moment.text(of: $0.date))" } ?? "")"
    }
}
