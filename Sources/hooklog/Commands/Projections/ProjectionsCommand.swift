import ArgumentParser

/// `hooklog projections`: shows and rebuilds read models.
struct ProjectionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "projections",
        abstract: "See how the read models do, and rebuild them from the log.",
        subcommands: [ListProjectionsCommand.self, RebuildProjectionCommand.self]
    )
}
