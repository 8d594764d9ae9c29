import ArgumentParser

/// `hooklog signature`: works on signatures without a database.
struct SignatureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "signature",
        abstract: "Check or make the signature of a webhook, without a database.",
        subcommands: [VerifySignatureCommand.self, SignSignatureCommand.self]
    )
}
