import ArgumentParser
import EventLog
import Fetching

/// The options that say how a source's objects are fetched.
struct FetchOptions: ParsableArguments {
    @Option(help: .value("url", "The address of the vendor's API (default: the vendor's own)."))
    var fetchUrl: String?

    @Option(help: .value("id", "The vendor's id of the workspace, such as acc_…."))
    var fetchWorkspace: String?

    @Option(help: .value("text", "The API's token. Other users may see it in the list of processes."))
    var fetchToken: String?

    @Option(help: .value("file", "Read the API's token from this file (- is standard input)."))
    var fetchTokenFile: String?

    @Flag(help: "Fetch the vendor's test data, which is kept as test data.")
    var fetchTestMode = false

    @Flag(help: "Do not ask the API first whether it accepts all of this.")
    var unchecked = false

    /// Whether any of them is given.
    var isGiven: Bool { fetchUrl != nil || fetchWorkspace != nil || hasToken || fetchTestMode }

    /// Whether a token is given.
    var hasToken: Bool { fetchToken != nil || fetchTokenFile != nil }

    func validate() throws {
        guard fetchToken == nil || fetchTokenFile == nil else {
            throw ValidationError("Give --fetch-token or --fetch-token-file, not both.")
        }
    }

    /// Asks the API whether it accepts settings and token, unless told not to, and warns of what others could read.
    ///
    /// - Throws: `fetchRefused` when it does not.
    func check(_ settings: FetchSourceSettings, token: String, at api: any ObjectAPI) async throws {
        if settings.isExposed {
            Output.remark("Warning: \(settings.baseURL) is not encrypted: others may read the token and the objects.")
        }
        guard !unchecked, let problem = await FetchProbe.problem(with: settings, token: token, at: api) else { return }
        throw CommandError(.fetchRefused, problem + " Nothing was changed; --unchecked sets it all the same.")
    }

    /// The token, or `nil` where none is given.
    func token() throws -> String? {
        try SecretOptions.text(fetchToken, orFrom: fetchTokenFile)
    }
}
