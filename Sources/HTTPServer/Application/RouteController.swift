import Hummingbird

/// A group of routes that a listener serves.
package protocol RouteController: Sendable {
    /// Adds the routes.
    func addRoutes(to router: Router<ServerRequestContext>)
}

/// What requests pass through on their way to routes that are added later, or to the router's own refusal.
package protocol ServerMiddleware: RouteController, RouterMiddleware where Context == ServerRequestContext {}

extension ServerMiddleware {
    /// What answers a request that is passed on.
    package typealias Next = (Request, ServerRequestContext) async throws -> Response

    /// Stands before all routes that are added later, and before the router's own refusal.
    package func addRoutes(to router: Router<ServerRequestContext>) {
        router.add(middleware: self)
    }
}
