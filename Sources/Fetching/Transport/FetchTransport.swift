/// Carries requests to vendors' APIs.
package protocol FetchTransport: Sendable {
    /// Sends a request and reads the whole answer; follows no redirection, which could carry the token elsewhere.
    func get(_ request: FetchRequest) async throws(FetchProblem) -> FetchResponse
}

extension FetchTransport {
    /// Sends a request; bounds the whole exchange, the slow arrival of a body included.
    func get(_ request: FetchRequest, within timeout: Duration) async throws(FetchProblem) -> FetchResponse {
        let outcome = await withTaskGroup(of: Result<FetchResponse, FetchProblem>?.self) { group in
            group.addTask {
                do throws(FetchProblem) {
                    return .success(try await get(request))
                } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                try? await ContinuousClock().sleep(for: timeout)
                return nil
            }
            let first = await group.next()
            group.cancelAll()
            return first ?? nil
        }
        guard let outcome else { throw FetchProblem(.timeout) }
        return try outcome.get()
    }
}
