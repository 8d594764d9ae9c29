import ArgumentParser
import EventLog
import Projections

/// `hooklog dead-letters`: shows and settles the events that projections have set aside.
struct DeadLettersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dead-letters",
        abstract: "See the events that a projection could not fold; retry or discard them.",
        subcommands: [ListDeadLettersCommand.self, RetryDeadLettersCommand.self, DiscardDeadLetterCommand.self]
    )
}

/// The options that name one dead letter.
struct DeadLetterOptions: ParsableArguments {
    @Argument(help: .value("projection", "The projection that set the event aside."))
    var projection: String

    @Argument(help: .value("position", "The event's position in the log."))
    var position: Int64

    func validate() throws {
        guard position > 0 else { throw ValidationError("The position must be 1 or more.") }
    }

    /// The address of the dead letter in a workspace.
    func address(in workspace: WorkspaceID) -> DeadLetter.Address {
        DeadLetter.Address(
            workspace: workspace,
            projection: ProjectionName(rawValue: projection),
            position: Position(rawValue: position)
        )
    }
}
