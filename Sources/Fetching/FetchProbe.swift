import EventLog

/// Asks a vendor's API once whether objects can be fetched from it, before anything of what it says is believed.
package enum FetchProbe {
    /// The longest time that the API may take.
    private static let timeout = Duration.seconds(15)

    /// Sends the API's probe; returns what is wrong as a sentence, or nil when the answer is a 200.
    package static func problem(
        with settings: FetchSourceSettings,
        token: String,
        at api: any ObjectAPI
    ) async -> String? {
        guard (try? settings.validate()) != nil else { return nil }
        return await HTTPFetchTransport.with(connectionsPerHost: 1) { transport in
            await problem(with: settings, token: token, at: api, over: transport)
        }
    }

    static func problem(
        with settings: FetchSourceSettings,
        token: String,
        at api: any ObjectAPI,
        over transport: any FetchTransport
    ) async -> String? {
        do throws(FetchProblem) {
            let request = api.probe(settings, token: token)
            let response = try await transport.get(request, within: timeout)
            guard response.status != 200 else { return nil }
            guard response.status != 400 && response.status != 401 && response.status != 403 else {
                return "The API does not accept the token or the workspace (status \(response.status))."
            }
            return "The API does not answer as connector \(api.sender.name)'s does (status \(response.status))."
        } catch {
            switch error.code {
            case .timeout: return "The API did not answer in time."
            case .tooLarge: return "The API's answer is larger than any that it should give."
            default: return "The API cannot be reached."
            }
        }
    }
}
