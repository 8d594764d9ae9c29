import ArgumentParser

/// The options by which a secret is given.
struct SecretOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The secret as the sender shows it. Other users may see it in the list of processes.",
            valueName: "text"
        )
    )
    var secret: String?

    @Option(help: ArgumentHelp("Read the secret from this file (- is standard input).", valueName: "file"))
    var secretFile: String?

    func validate() throws {
        guard secret == nil || secretFile == nil else {
            throw ValidationError("Give --secret or --secret-file, not both.")
        }
    }

    /// The secret, or `nil` where none is given; the newline at the end of a file does not count.
    func text() throws -> String? {
        guard let secretFile else { return secret }
        let bytes = try InputFile.read(secretFile)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandError(.unreadableFile, "The secret in \(secretFile) is not UTF-8 text. Give the right file.")
        }
        return String(text.reversed().drop { $0.isNewline }.reversed())
    }
}
