import ArgumentParser
import Foundation
import WebhookSignatures

/// `hooklog signature verify`: says whether a delivery is genuine, and why not.
struct VerifySignatureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Say whether a delivery is genuine, and if not, why.",
        discussion: """
            Give the headers and the body exactly as they arrived. Exits with 0 when the signature holds and with 1 \
            when it does not.

              hooklog signature verify --scheme github --secret s3cret \\
                --header 'X-Hub-Signature-256: sha256=…' --body-file body.json
            """
    )

    @OptionGroup var schemeOptions: SchemeOptions
    @OptionGroup var secretOptions: RequiredSecretOptions

    @Option(help: .value("seconds", "Judge the timestamp as if it were this Unix second (default: the clock)."))
    var now: Int64?

    @Option(
        name: .customLong("header"),
        parsing: .singleValue,
        help: .value("'Name: value'", "A header of the delivery; repeat it for each.")
    )
    var headers: [HeaderArgument] = []

    @Option(help: .value("file", "The body's bytes as they arrived (- is standard input)."))
    var bodyFile: String

    @OptionGroup var output: Output

    func run() async throws {
        let check = SignatureCheck(
            scheme: try schemeOptions.signatureScheme(),
            secret: try secretOptions.text(),
            headers: WebhookHeaders(pairs: headers.map { ($0.name, $0.value) }),
            body: try InputFile.read(bodyFile),
            now: now ?? Int64(Date().timeIntervalSince1970)
        )
        let verdict = try check.verdict()
        verdict.warnings.forEach { Output.remark("Warning: \($0)") }
        try output.write(verdict) { verdict.sentence }
        guard verdict.accepted else { throw ExitCode.failure }
    }
}
