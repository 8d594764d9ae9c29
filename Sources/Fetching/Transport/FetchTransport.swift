/// Carries requests to vendors' APIs.
protocol FetchTransport: Sendable {
    /// Sends a request and reads the whole answer; follows no redirection, which could carry the token elsewhere.
    func get(_ request: FetchRequest) async throws(FetchProblem) -> FetchResponse
}
