import ArgumentParser
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
}

extension SourceID: ExpressibleByArgument {}

/// The remark about when a running `serve` follows a change.
enum ChangeNotice {
    /// What is said after a change of a source.
    static let text = "A running `hooklog serve` follows within two seconds."
}
