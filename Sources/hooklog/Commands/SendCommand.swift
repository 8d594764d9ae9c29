import ArgumentParser
import Connectors
import EventLog
import Foundation
import WebhookSignatures

/// `hooklog send`: sends signed deliveries as a sender would.
struct SendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send",
        abstract: "Send signed deliveries, as the sender would.",
        discussion: """
            In the body {{n}} is replaced by the delivery's number from 1, {{uuid}} by a random UUID and {{now}} by the \
            time. Without --secret the source's connector and secret are taken from the database.

              echo '{"id":"evt_{{uuid}}","type":"customer.created"}' |
                hooklog send --source src_… --file -
              hooklog send --source src_… --file body.json --count 100000
              hooklog send --url http://host:8080 --source src_… --secret whsec_… \\
                --file body.json

            Exits with 1 when any delivery was not answered with 2xx.
            """
    )

    /// The sender of which deliveries are unless another is named: the first that lists show.
    private static let usualSender = Connector.all[0].sender

    @Option(help: .value("id", "The source to send as; its path is /webhooks/<id>."))
    var source: String?

    @Option(help: .value("file", "The body (- is standard input)."))
    var file: String

    @Option(help: .value("url", "The receiver; a URL with a path is taken whole."))
    var url = "http://127.0.0.1:8080"

    @Option(help: .value("n", "How many deliveries to send."))
    var count = 1

    @Option(help: .value("n", "How many connections to send over, up to 256."))
    var connections = 8

    @Option(
        help: .value(
            "n",
            "Deliveries per second; latency then counts from when each was due (default: as fast as answers come)."
        )
    )
    var rate: Double?

    @OptionGroup var secretOptions: SecretOptions

    @Option(help: .value("name", "With --secret: the connector whose sender signs (default: \(usualSender.name))."))
    var connector: String?

    @OptionGroup(title: "Options for connector hmac") var hmac: HMACOptions
    @OptionGroup var databaseOptions: DatabaseOptions
    @OptionGroup var output: Output

    func validate() throws {
        guard count >= 1 else { throw ValidationError("--count must be at least 1.") }
        guard 1...256 ~= connections else { throw ValidationError("--connections must be from 1 to 256.") }
        guard (rate ?? 1) > 0 else { throw ValidationError("--rate must be more than 0.") }
        guard SendTarget(url: url, source: source) != nil else {
            throw ValidationError("--url must be an http or https URL; without a path in it, give --source too.")
        }
        if let source, SourceID(source) == nil {
            throw ValidationError("--source must be an id such as src_… from `hooklog source list`.")
        }
        let isSigned = secretOptions.secret != nil || secretOptions.secretFile != nil
        guard isSigned || source != nil else { throw ValidationError("Give --source or --secret to sign with.") }
        guard isSigned || (connector == nil && !hmac.isGiven) else {
            throw ValidationError("--connector and the options for hmac go with --secret; a source has its own.")
        }
        guard secretOptions.secretFile != "-" || file != "-" else {
            throw ValidationError("Body and secret cannot both come from standard input.")
        }
    }

    func run() async throws {
        guard let target = SendTarget(url: url, source: source) else { return }
        let signer = try await signer()
        let factory = DeliveryFactory(template: BodyTemplate(try InputFile.read(file)), signer: signer, count: count)
        let plan = SendPlan(target: target, connectionCount: min(connections, count), rate: rate)
        let report = try await Interruption.cancelling { try await plan.run(factory) }
        try output.write(report) { report.text }
        guard report.isComplete else { throw ExitCode.failure }
    }

    private func signer() async throws -> WebhookSigner {
        guard let text = try secretOptions.text() else {
            return try await databaseOptions.withDatabase { try await $0.signer(of: source ?? "") }
        }
        let sender = try connector.map { try Senders.known.sender(ConnectorName(rawValue: $0)) } ?? Self.usualSender
        let settings = SourceSettings(hmac: sender.isDescribedBySource ? hmac.sourceSettings() : nil)
        let scheme = try sender.scheme(settings)
        let secret = try SigningSecret(text, for: scheme, allowsShortSecret: true)
        return try WebhookSigner(scheme: scheme, secrets: [secret])
    }
}
