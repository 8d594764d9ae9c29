import ArgumentParser

/// The program: the group of all commands.
@main
struct RootCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hooklog",
        abstract: "Turn webhooks into data you own.",
        discussion: """
            Hooklog verifies signed webhooks, keeps every one in an append-only log in your own PostgreSQL, and keeps \
            tables of the current state that you query over HTTP or SQL.

            To try it without a database of your own:

              hooklog serve --embedded-postgres ./data

            Every option that names a setting can be given as a flag (--database-url), in the environment \
            (HOOKLOG_DATABASE_URL) or in hooklog.yaml (database_url); the first one found counts.

            Commands exit with 0 when they did it, 1 when they failed, and 64 when they were called wrongly.
            """,
        version: BuildVersion.text,
        groupedSubcommands: [
            CommandGroup(
                name: "Run",
                subcommands: [ServeCommand.self, MigrateCommand.self, DoctorCommand.self, StatusCommand.self]
            ),
            CommandGroup(
                name: "Set up",
                subcommands: [
                    WorkspaceCommand.self, SourceCommand.self, ImportCommand.self, KeyCommand.self,
                    MasterKeyCommand.self,
                ]
            ),
            CommandGroup(
                name: "Look and repair",
                subcommands: [
                    EventsCommand.self, RejectedCommand.self, ProjectionsCommand.self, DeadLettersCommand.self,
                    PsqlCommand.self,
                ]
            ),
            CommandGroup(name: "Try out", subcommands: [SendCommand.self, SignatureCommand.self]),
        ]
    )
}
