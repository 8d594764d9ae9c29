import CoreMetrics
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// Serves the routes of some controllers on one address.
///
/// On graceful shutdown it stops accepting, lets accepted requests finish until the configured deadline, then closes
/// what is left and returns.
package struct HTTPListener: Service {
    /// Where it listens and what it allows.
    package let configuration: ListenerConfiguration

    private let bodies: BodyBudget
    private let responder: RouterResponder<ServerRequestContext>
    private let onListening: @Sendable (_ port: Int) async -> Void
    private let logger: Logger

    /// Creates a listener; it listens once it runs.
    ///
    /// - Parameters:
    ///   - bodies: The memory that requests may take, shared with other listeners.
    ///   - onListening: Called with the port that was bound, before the first connection is accepted.
    package init(
        configuration: ListenerConfiguration,
        bodies: BodyBudget = BodyBudget(),
        controllers: [any RouteController],
        logger: Logger,
        metricsFactory: any MetricsFactory = MetricsSystem.factory,
        onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) {
        let metrics = RequestMetrics(listener: configuration.name, factory: metricsFactory)
        let router = Router(context: ServerRequestContext.self)
        router.add(middleware: RequestEnvelope(metrics: metrics, bodies: bodies))
        for controller in controllers {
            controller.addRoutes(to: router)
        }
        self.configuration = configuration
        self.bodies = bodies
        self.responder = router.buildResponder()
        self.onListening = onListening
        self.logger = logger
    }

    /// Serves until graceful shutdown or cancellation.
    ///
    /// Throws ``HTTPServerError`` when the address cannot be had.
    package func run() async throws {
        let application = application
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await serve(application) }
            group.addTask { try await waitForShutdownDeadline() }
            // The first to end decides: the server is done, or its time is up.
            try await group.next()
            group.cancelAll()
        }
    }

    private func serve(_ application: some ApplicationProtocol) async throws {
        do {
            try await application.run()
        } catch let error as IOError {
            let code: HTTPServerError.Code = error.errnoCode == EADDRINUSE ? .addressInUse : .addressUnavailable
            let detail = error.errnoCode == EACCES ? "no permission" : "error \(error.errnoCode)"
            throw HTTPServerError(code: code, listener: configuration, detail: detail)
        } catch is SocketAddressError.UnknownHost {
            let detail = "the host is not known"
            throw HTTPServerError(code: .addressUnavailable, listener: configuration, detail: detail)
        }
    }

    private func waitForShutdownDeadline() async throws {
        try await gracefulShutdown()
        try await ContinuousClock().sleep(for: configuration.shutdownDeadline)
        logger.debug("Requests cut at the shutdown deadline", metadata: ["listener.name": "\(configuration.name)"])
    }

    private var application: some ApplicationProtocol {
        let limits = configuration.limits
        let bodies = bodies
        let decoder = HTTP1Channel.Configuration.DecoderConfiguration(
            maxHeaderFieldSize: limits.headByteCount,
            maxHeaderListSize: limits.headByteCount,
            maxHeaderFieldCount: limits.headerFieldCount
        )
        let channel = HTTP1Channel.Configuration(
            additionalChannelHandlers: [ConnectionHandler(limits: limits, bodies: bodies)],
            httpDecoderConfiguration: decoder
        )
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        return Application(
            responder: responder,
            server: HTTPServerBuilder {
                FramedChannel(base: HTTP1Channel(responder: $0, configuration: channel), limits: limits)
            },
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                backlog: 1024,
                availableConnectionsDelegate: .maximum(configuration.connectionLimit, logger: quiet)
            ),
            onServerRunning: { await onListening($0.localAddress?.port ?? 0) },
            logger: quiet
        )
    }
}
