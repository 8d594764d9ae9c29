import ArgumentParser
import Connectors
import EventLog
import Fetching

/// `hooklog source fetch`: says how a source's objects are fetched.
struct FetchSourceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Say from where the objects are fetched that a source's events name.",
        discussion: """
            The events of some vendors say that an object changed, but not how: Hooklog fetches it from the vendor's API \
            and keeps it as an event of its own. What is not given stays as it is, but another address needs its token. The API is asked once \
            whether it accepts all of it. What waits is tried at once.

              hooklog source fetch src_… --fetch-workspace acc_… --fetch-token-file t.txt
            """
    )

    @Argument(help: .value("source", "The source's id, src_…."))
    var source: SourceID

    @OptionGroup var options: FetchOptions

    @Flag(help: "Fetch live data again.")
    var fetchLiveMode = false

    @OptionGroup var databaseOptions: DatabaseOptions
    @OptionGroup var output: Output

    func validate() throws {
        guard options.isGiven || fetchLiveMode else {
            throw ValidationError("Give --fetch-workspace, --fetch-token-file or what else shall change.")
        }
        guard !options.fetchTestMode || !fetchLiveMode else {
            throw ValidationError("Give --fetch-test-mode or --fetch-live-mode, not both.")
        }
    }

    func run() async throws {
        let token = try options.token()
        try await databaseOptions.withDatabase { database in
            let isKeyNeeded = token != nil || !options.unchecked
            let store = database.sources(isKeyNeeded ? try database.sealer() : nil)
            let details = try await store.show(source)
            guard let api = Connector.named(details.connector)?.objects else {
                throw CommandError(
                    .invalidSetting,
                    "The events of connector \(details.connector) hold their objects; there is nothing to fetch."
                )
            }
            let known = details.settings.fetch
            let settings = try changed(known, api)
            try await check(settings, token: token, known: known, at: api, in: store)
            try await store.configureFetch(source, settings, token: token)
        }
        try output.write(["source_id": source.description]) {
            "Source \(source) is set. A running `hooklog serve` follows at once; see `hooklog source show`."
        }
    }

    /// Asks the API with the token that is given, or with the one that there is.
    private func check(
        _ settings: FetchSourceSettings,
        token: String?,
        known: FetchSourceSettings?,
        at api: any ObjectAPI,
        in store: SourceStore
    ) async throws {
        if let token { return try await options.check(settings, token: token, at: api) }
        guard !options.unchecked, let known, known.origin == settings.origin,
            let token = try await store.fetchToken(of: source, at: known)
        else { return }
        try await options.check(settings, token: token, at: api)
    }

    private func changed(_ known: FetchSourceSettings?, _ api: any ObjectAPI) throws -> FetchSourceSettings {
        guard let workspace = options.fetchWorkspace ?? known?.workspace else {
            throw ValidationError("Say whose objects they are: give --fetch-workspace.")
        }
        return FetchSourceSettings(
            baseURL: options.fetchUrl ?? known?.baseURL ?? api.address,
            workspace: workspace,
            testMode: options.fetchTestMode || (known?.testMode ?? false) && !fetchLiveMode
        )
    }
}
