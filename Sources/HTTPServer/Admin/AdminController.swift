import HTTPTypes
import Hummingbird
import NIOCore

/// Serves `/healthz`, `/readyz` and `/metrics` to those who run the service.
package struct AdminController: RouteController {
    /// Keeps the answer of `/readyz`; it must run.
    package let readiness: ReadinessService
    private let metrics: PrometheusMetrics
    private let hosts: HostNames

    /// Creates a controller.
    ///
    /// - Parameter hosts: The names by which it may be asked for.
    package init(readiness: ReadinessService, metrics: PrometheusMetrics, hosts: HostNames) {
        self.readiness = readiness
        self.metrics = metrics
        self.hosts = hosts
    }

    /// Adds the three routes, for those who ask for one of the names.
    package func addRoutes(to router: Router<ServerRequestContext>) {
        router.add(middleware: HostGuard(names: hosts))
        router.get("/healthz") { _, _ in Self.json("{\"status\":\"up\"}\n", status: .ok) }
        router.get("/readyz") { _, _ in
            let report = readiness.report
            return Self.json(report.json, status: report.isReady ? .ok : .serviceUnavailable)
        }
        router.get("/metrics") { _, _ in
            Response(.ok, ByteBuffer(string: metrics.exposition()), type: PrometheusMetrics.contentType)
        }
    }

    private static func json(_ text: String, status: HTTPResponse.Status) -> Response {
        Response(status, ByteBuffer(string: text), [.cacheControl: "no-store"])
    }
}

/// Refuses requests that ask for a name which is not the listener's.
private struct HostGuard: ServerMiddleware {
    let names: HostNames

    func handle(_ request: Request, context: ServerRequestContext, next: Next) async throws -> Response {
        guard names.allow(request.head.authority ?? "") else { throw HTTPFailure.foreignHost }
        return try await next(request, context)
    }
}

extension HTTPFailure {
    fileprivate static let foreignHost = HTTPFailure(
        .misdirectedRequest,
        code: "foreign_host",
        message: "The admin listener has no such name; ask by its address, or add the name to HOOKLOG_ADMIN_HOSTS."
    )
}
