import ArgumentParser
import Foundation
import WebhookSignatures

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
