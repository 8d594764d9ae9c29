import HTTPTypes
import Hummingbird

/// Answers what no route of an API matched in that API's own words: 405 with `Allow`, or 404.
///
/// It must come before the controllers whose routes it speaks for.
package struct UnmatchedRoutes: ServerMiddleware {
    private let failure: @Sendable (_ path: String) -> (any Error)?

    /// Speaks for the paths that have a failure.
    init(_ failure: @escaping @Sendable (_ path: String) -> (any Error)?) {
        self.failure = failure
    }

    /// Speaks for the paths under `prefix`, such as `/api/v1`; `routes` are all there are.
    package init(prefix: String, routes: RouteTable) {
        self.init { path in
            guard path == prefix || path.hasPrefix(prefix + "/") else { return nil }
            let methods = routes.methods(at: path)
            guard !methods.isEmpty else { return QueryFailure(.routeNotFound) }
            return QueryFailure(.methodNotAllowed, headers: [.allow: methods.joined(separator: ", ")])
        }
    }

    /// Passes a request on; turns the router's refusal into the API's.
    package func handle(_ request: Request, context: ServerRequestContext, next: Next) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound {
            throw failure(request.uri.path) ?? error
        }
    }
}
