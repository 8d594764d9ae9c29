import EventLog
import Fetching

/// How Piriod's API is asked: with the token, the workspace and the mode.
enum PiriodObjectRequest {
    /// Writes the request for a claimed object: `GET /customers/{id}/`.
    static func request(for claim: FetchClaim, from access: FetchSourceSettings, token: String) -> FetchRequest {
        request(
            "/\(claim.entityType)s/\(claim.entityID)/",
            from: access,
            token: token,
            bodyLimit: claim.settings.maximumBodySize
        )
    }

    /// Writes the request that shows whether address, token and workspace are right.
    static func probe(_ access: FetchSourceSettings, token: String) -> FetchRequest {
        request("/customers/?page_size=1", from: access, token: token, bodyLimit: SourceSettings.largestBodySize)
    }

    private static func request(
        _ path: String,
        from access: FetchSourceSettings,
        token: String,
        bodyLimit: Int
    ) -> FetchRequest {
        FetchRequest(
            url: access.baseURL + path,
            headers: [
                FetchRequest.Header(name: "Authorization", value: "Token \(token)"),
                FetchRequest.Header(name: "x-simple-workspace", value: access.workspace),
                FetchRequest.Header(name: "x-piriod-test-mode", value: access.testMode ? "true" : "false"),
                FetchRequest.Header(name: "Accept", value: "application/json"),
                FetchRequest.Header(name: "User-Agent", value: "hooklog"),
            ],
            bodyLimit: bodyLimit
        )
    }
}
