import ArgumentParser
import Foundation
import WebhookSignatures

/// `hooklog signature`: works on signatures without a database.
struct SignatureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "signature",
        abstract: "Check or make the signature of a webhook, without a database.",
        subcommands: [VerifySignatureCommand.self, SignSignatureCommand.self]
    )
}

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

/// A header on the command line: `Name: value`.
struct HeaderArgument: ExpressibleByArgument, Hashable {
    let name: String
    let value: String

    /// Reads the text up to the first colon as the name; spaces around the value do not count.
    init?(argument: String) {
        guard let colon = argument.firstIndex(of: ":"), colon != argument.startIndex else { return nil }
        name = String(argument[..<colon])
        let rest = argument[argument.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
        value = String(rest.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}

/// `hooklog signature sign`: prints the headers that a sender would send.
struct SignSignatureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign",
        abstract: "Print the headers that the sender would send with a body.",
        discussion: """
            One header per line, ready for curl:

              hooklog signature sign --scheme stripe --secret whsec_… \\
                --body-file body.json > headers
              curl -H @headers --data-binary @body.json \\
                http://127.0.0.1:8080/webhooks/src_…
            """
    )

    @OptionGroup var schemeOptions: SchemeOptions
    @OptionGroup var secretOptions: RequiredSecretOptions

    @Option(help: .value("seconds", "Sign as if it were this Unix second (default: the clock)."))
    var now: Int64?

    @Option(
        name: .customLong("id"),
        help: .value("text", "The delivery's id, where the scheme has one (default: a random one).")
    )
    var deliveryID: String?

    @Option(help: .value("file", "The body's bytes as they will be sent (- is standard input)."))
    var bodyFile: String

    @OptionGroup var output: Output

    func run() async throws {
        let scheme = try schemeOptions.signatureScheme()
        let secret = try SigningSecret(secretOptions.text(), for: scheme, allowsShortSecret: true)
        secret.warnings.forEach { Output.remark("Warning: \($0)") }
        let headers = try WebhookSigner(scheme: scheme, secrets: [secret]).sign(
            body: InputFile.read(bodyFile),
            deliveryID: deliveryID ?? "msg_" + UUID().uuidString.lowercased(),
            timestamp: now ?? Int64(Date().timeIntervalSince1970)
        )
        try output.write(["headers": headers.fields.map { ["name": $0.name, "value": $0.value] }]) {
            headers.fields.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
        }
    }
}
