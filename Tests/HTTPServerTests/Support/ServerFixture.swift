import HTTPServer
import Logging
import ServiceLifecycle

/// Runs a listener on a free port for the length of a test.
struct ServerFixture: Sendable {
    static var logger: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }

    let port: Int
    let shutDown: @Sendable () async -> Void

    static func with(
        limits: ConnectionLimits = .patient,
        bodies: BodyBudget = BodyBudget(),
        shutdownDeadline: Duration = .seconds(20),
        controllers: [any RouteController],
        metrics: PrometheusMetrics = PrometheusMetrics(),
        _ body: @Sendable (ServerFixture) async throws -> Void
    ) async throws {
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        var configuration = ListenerConfiguration.public
        configuration.port = 0
        configuration.limits = limits
        configuration.shutdownDeadline = shutdownDeadline
        let listener = HTTPListener(
            configuration: configuration,
            bodies: bodies,
            controllers: controllers,
            logger: logger,
            metricsFactory: metrics,
            onListening: { continuation.yield($0) }
        )
        let services = ServiceGroup(services: [listener], logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { continuation.finish() }
                try await services.run()
            }
            for await port in ports.prefix(1) {
                try await body(ServerFixture(port: port) { await services.triggerGracefulShutdown() })
            }
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
        }
    }
}

extension ConnectionLimits {
    /// The usual sizes, but as much time as a busy machine needs.
    static var patient: Self {
        var limits = Self()
        limits.headDeadline = .seconds(240)
        limits.bodyIdleDeadline = .seconds(240)
        limits.bodyDeadline = .seconds(240)
        limits.responseDeadline = .seconds(240)
        return limits
    }
}
