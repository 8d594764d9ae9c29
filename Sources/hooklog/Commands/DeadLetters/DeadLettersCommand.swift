import ArgumentParser

/// `hooklog dead-letters`: shows and settles the events that projections have set aside.
struct DeadLettersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dead-letters",
        abstract: "See the events that a projection could not fold; retry or discard them.",
        subcommands: [ListDeadLettersCommand.self, RetryDeadLettersCommand.self, DiscardDeadLetterCommand.self]
    )
}
