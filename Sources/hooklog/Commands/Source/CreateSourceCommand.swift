import ArgumentParser
import Connectors
import EventLog
import Fetching

/// `hooklog source create`: makes a source.
struct CreateSourceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a source and print where its sender must send to.",
        discussion: """
            Without a secret one is made and printed, this once: give it to the sender. Most senders make their own; \
            then hand it over with --secret or --secret-file.

              hooklog source create --connector github --secret-file secret.txt
              hooklog source create --connector hmac \\
                --signature-header X-Acme-Signature --event-type-at body:/kind
            """
    )

    @OptionGroup var workspaceOptions: WorkspaceOptions

    @Option(help: .value("name", "The sender's system: \(Senders.known.names)."))
    var connector: String

    @Option(help: .value("text", "The source's name in the workspace (default: the connector's)."))
    var name: String?

    @OptionGroup var secretOptions: SecretOptions

    @Flag(help: "Take a Standard Webhooks secret of less than 24 bytes.")
    var allowShortSecret = false

    @Option(help: .value("n", "The longest body to take, in bytes, up to 25 MiB (default: 1 MiB)."))
    var maximumBodySize: Int?

    @OptionGroup(title: "Options for connector hmac") var hmac: HMACOptions
    @OptionGroup(title: "Options for connector hmac: deliveries") var delivery: DeliveryOptions
    @OptionGroup(title: "Options for connectors whose events only name objects") var fetch: FetchOptions
    @OptionGroup var databaseOptions: DatabaseOptions
    @OptionGroup var output: Output

    func validate() throws {
        guard let sender else {
            throw ValidationError("There is no connector '\(connector)'. Use one of \(Senders.known.names).")
        }
        guard sender.isDescribedBySource || !hmac.isGiven else {
            throw ValidationError("\(HMACOptions.names) are for --connector hmac; \(connector) has its own.")
        }
        guard sender.isDescribedBySource || !delivery.isGiven else {
            throw ValidationError("\(DeliveryOptions.names) are for --connector hmac; \(connector) has its own.")
        }
        guard !sender.isThin || delivery.eventSequenceAt == nil else {
            throw ValidationError("--event-sequence-at is not for --connector \(connector), whose events are thin.")
        }
        guard sender.isThin || !fetch.isGiven else {
            throw ValidationError(
                "The --fetch options are not for --connector \(connector), whose events hold their objects."
            )
        }
        guard !fetch.isGiven || (fetch.fetchWorkspace != nil && fetch.hasToken) else {
            throw ValidationError("To fetch, give --fetch-workspace and --fetch-token-file.")
        }
        guard secretOptions.secretFile != "-" || fetch.fetchTokenFile != "-" else {
            throw ValidationError("Secret and token cannot both come from standard input.")
        }
        guard 1...SourceSettings.largestBodySize ~= maximumBodySize ?? 1 else {
            throw ValidationError("--maximum-body-size must be from 1 to \(SourceSettings.largestBodySize).")
        }
    }

    func run() async throws {
        let (secret, token, settings) = (try secretOptions.text(), try fetch.token(), settings)
        let issued = try await databaseOptions.withDatabase { database in
            let sealer = try database.sealer()
            let workspace = try await workspaceOptions.find(in: database)
            if let access = settings.fetch, let token, let api { try await fetch.check(access, token: token, at: api) }
            let draft = SourceDraft(
                workspace: workspace,
                connector: ConnectorName(rawValue: connector),
                name: name ?? connector,
                secret: secret,
                settings: settings,
                fetchToken: token
            )
            return try await database.sources(sealer).create(draft)
        }
        issued.warnings.forEach { Output.remark("Warning: \($0)") }
        if sender?.isThin == true, settings.fetch == nil {
            Output.remark("Its events only name what changed. Say how to fetch it with `hooklog source fetch`.")
        }
        try output.write(issued, connector: connector, showsSecret: secret == nil)
    }

    private var known: Connector? { Connector.named(ConnectorName(rawValue: connector)) }
    private var sender: Sender? { known?.sender }
    private var api: (any ObjectAPI)? { known?.objects }

    private var settings: SourceSettings {
        SourceSettings(
            maximumBodySize: maximumBodySize ?? SourceSettings.defaultBodySize,
            allowShortSecret: allowShortSecret,
            hmac: sender?.isDescribedBySource == true ? hmacSettings : nil,
            fetch: fetch.fetchWorkspace.map { workspace in
                FetchSourceSettings(
                    baseURL: fetch.fetchUrl ?? api?.address ?? "",
                    workspace: workspace,
                    testMode: fetch.fetchTestMode
                )
            },
            sequence: delivery.eventSequenceAt
        )
    }

    private var hmacSettings: HMACSourceSettings {
        var settings = hmac.sourceSettings()
        settings.locations = delivery.locations
        settings.handshake = delivery.handshakeAt
        return settings
    }
}

extension Output {
    /// Writes a source and its secret at the one moment when both can be printed.
    func write(_ issued: IssuedSecret, connector: String? = nil, showsSecret: Bool) throws {
        let path = "/webhooks/\(issued.source)"
        let object: JSONObject = [
            "source_id": issued.source.description, "path": path, "connector": connector, "secret": issued.text,
        ]
        try write(object) {
            let secret = ["Secret  \(issued.text)", "The secret is shown only now. Give it to the sender."]
            let lines = ["Source  \(issued.source)", "Path    \(path)"] + (showsSecret ? secret : [])
            return (lines + [SourceCommand.changeNotice]).joined(separator: "\n")
        }
    }
}
