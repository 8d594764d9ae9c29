import EventLog

/// How an object of Piriod is asked for: `GET /customers/{id}/` with the token, the workspace and the mode.
enum PiriodObjectRequest {
    /// Writes the request for a claimed object.
    static func request(for claim: FetchClaim, from access: FetchSourceSettings, token: String) -> FetchRequest {
        FetchRequest(
            url: "\(access.baseURL)/\(claim.entityType)s/\(claim.entityID)/",
            headers: [
                FetchRequest.Header(name: "Authorization", value: "Token \(token)"),
                FetchRequest.Header(name: "x-simple-workspace", value: access.workspace),
                FetchRequest.Header(name: "x-piriod-test-mode", value: access.testMode ? "true" : "false"),
                FetchRequest.Header(name: "Accept", value: "application/json"),
                FetchRequest.Header(name: "User-Agent", value: "hooklog"),
            ],
            bodyLimit: claim.settings.maximumBodySize
        )
    }
}
