import Logging
import ServiceLifecycle

/// Composes what serves HTTP.
package enum HTTPServices {
    /// Returns the services in the order in which they start; on shutdown the public listener stops first.
    ///
    /// - Parameters:
    ///   - controllers: The routes of the public listener.
    ///   - onListening: Called with the listener and the port that was bound.
    package static func make(
        configuration: HTTPServerConfiguration,
        controllers: [any RouteController],
        admin: AdminController,
        logger: Logger,
        onListening: @escaping @Sendable (_ listener: ListenerConfiguration, _ port: Int) async -> Void = { _, _ in }
    ) -> [any Service] {
        let publicListener = configuration.publicListener
        let adminListener = configuration.adminListener
        let bodies = BodyBudget(byteCount: configuration.bodyByteCount)
        return [
            admin.readiness,
            HTTPListener(configuration: adminListener, bodies: bodies, controllers: [admin], logger: logger) {
                await onListening(adminListener, $0)
            },
            HTTPListener(configuration: publicListener, bodies: bodies, controllers: controllers, logger: logger) {
                await onListening(publicListener, $0)
            },
        ]
    }
}
