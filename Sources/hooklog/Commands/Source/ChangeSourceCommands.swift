import ArgumentParser
import Connectors
import EventLog

/// `hooklog source rotate`: gives a source a new secret.
struct RotateSourceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Give a source a new secret; the old one counts for a while longer.",
        discussion: """
            Without a secret one is made and printed, this once.

              hooklog source rotate src_… --secret-file new-secret.txt --overlap 24h
            """
    )

    @Argument(help: .value("source", "The source's id, src_…."))
    var source: SourceID

    @Option(help: .value("time", "How long the old secret still counts: 90s, 30m, 24h, 7d or 0."))
    var overlap = TimeSpan(duration: .seconds(86_400), description: "24h")

    @OptionGroup var secretOptions: SecretOptions
    @OptionGroup var databaseOptions: DatabaseOptions
    @OptionGroup var output: Output

    func run() async throws {
        let secret = try secretOptions.text()
        let issued = try await databaseOptions.withDatabase { database in
            try await database.sources(database.sealer())
                .rotate(source, secret: secret, overlap: overlap.duration)
        }
        issued.warnings.forEach { Output.remark("Warning: \($0)") }
        try output.write(issued, showsSecret: secret == nil)
    }
}

/// `hooklog source disable`: refuses a source's deliveries.
struct DisableSourceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable",
        abstract: "Refuse a source's deliveries from now on; its events stay."
    )

    @OptionGroup var options: SourceSwitchOptions

    func run() async throws { try await options.turn("disabled") { try await $0.disable($1) } }
}

/// `hooklog source enable`: takes a source's deliveries again.
struct EnableSourceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable",
        abstract: "Take a disabled source's deliveries again."
    )

    @OptionGroup var options: SourceSwitchOptions

    func run() async throws { try await options.turn("enabled") { try await $0.enable($1) } }
}

/// The options of a command that turns a source on or off.
struct SourceSwitchOptions: ParsableArguments {
    @Argument(help: .value("source", "The source's id, src_…."))
    var source: SourceID

    @OptionGroup var databaseOptions: DatabaseOptions
    @OptionGroup var output: Output

    /// Changes the source and says what it is now.
    func turn(
        _ state: String,
        _ change: @escaping @Sendable (SourceStore, SourceID) async throws -> Void
    ) async throws {
        try await databaseOptions.withDatabase { try await change($0.sources(), source) }
        try output.write(["source_id": source.description]) {
            "Source \(source) is \(state). \(SourceCommand.changeNotice)"
        }
    }
}
