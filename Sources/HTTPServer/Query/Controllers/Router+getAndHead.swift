import Hummingbird

extension Router {
    /// Answers GET, and HEAD with the same answer without its body.
    func getAndHead(_ path: RouterPath, use answer: @escaping @Sendable (Request, Context) async throws -> Response) {
        get(path, use: answer)
        head(path) { request, context in
            try await answer(request, context).createHeadResponse()
        }
    }
}
