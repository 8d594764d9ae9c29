import ArgumentParser

/// The options by which a secret is given.
struct SecretOptions: ParsableArguments {
    @Option(help: .value("text", "The secret as the sender shows it. Other users may see it in the list of processes."))
    var secret: String?

    @Option(help: .value("file", "Read the secret from this file (- is standard input)."))
    var secretFile: String?

    func validate() throws {
        guard secret == nil || secretFile == nil else {
            throw ValidationError("Give --secret or --secret-file, not both.")
        }
    }

    /// The secret, or `nil` where none is given; the newline at the end of a file does not count.
    func text() throws -> String? {
        try Self.text(secret, orFrom: secretFile)
    }

    /// A text, or what a file holds without the newline at its end.
    static func text(_ text: String?, orFrom file: String?) throws -> String? {
        guard let file else { return text }
        let text = try InputFile.text(file, content: "secret")
        return String(text.reversed().drop { $0.isNewline }.reversed())
    }
}

/// The options by which a secret is given that must be given.
///
/// Declared before an argument that must be given too, it is what is asked for first.
struct RequiredSecretOptions: ParsableArguments {
    @OptionGroup var options: SecretOptions

    func validate() throws {
        guard options.secret != nil || options.secretFile != nil else {
            throw ValidationError("Give the secret with --secret or --secret-file.")
        }
    }

    /// The secret; the newline at the end of a file does not count.
    func text() throws -> String { try options.text() ?? "" }
}
