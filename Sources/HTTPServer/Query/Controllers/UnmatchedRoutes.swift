import Connectors
import HTTPTypes
import Hummingbird

/// Answers what no route of an API matched in that API's own words: 405 with `Allow`, or 404.
///
/// It must come before the controllers whose routes it speaks for.
package struct UnmatchedRoutes: RouteController, RouterMiddleware {
    /// The server's own context.
    package typealias Context = ServerRequestContext

    private let prefix: String
    private let routes: RouteTable

    /// Speaks for the paths under `prefix`, such as `/api/v1`; `routes` are all there are.
    package init(prefix: String, routes: RouteTable) {
        self.prefix = prefix
        self.routes = routes
    }

    /// Stands before all routes that are added later, and before the router's own refusal.
    package func addRoutes(to router: Router<ServerRequestContext>) {
        router.add(middleware: self)
    }

    /// Passes a request on; turns the router's refusal into the API's.
    package func handle(
        _ request: Request,
        context: ServerRequestContext,
        next: (Request, ServerRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound && isOwn(request.uri.path) {
            throw failure(request.uri.path)
        }
    }

    private func isOwn(_ path: String) -> Bool {
        path == prefix || path.hasPrefix(prefix + "/")
    }

    private func failure(_ path: String) -> QueryFailure {
        let methods = routes.methods(at: path)
        guard !methods.isEmpty else { return QueryFailure(.routeNotFound) }
        return QueryFailure(.methodNotAllowed, headers: [.allow: methods.joined(separator: ", ")])
    }
}
