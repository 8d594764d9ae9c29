import Hummingbird

/// A group of routes that a listener serves.
package protocol RouteController: Sendable {
    /// Adds the routes.
    func addRoutes(to router: Router<ServerRequestContext>)
}
