import HTTPTypes
import Locking
import Metrics

/// Counts and times the requests of one listener.
///
/// The labels are bounded: the route's pattern, nine methods, and the status.
final class RequestMetrics: Sendable {
    private struct Key: Hashable {
        let route: String
        let method: String
        let status: Int
    }

    private let listener: String
    private let factory: any MetricsFactory
    private let inFlight: Meter
    private let timers = Locked<[Key: Timer]>([:])

    init(listener: String, factory: any MetricsFactory) {
        self.listener = listener
        self.factory = factory
        let dimensions = [("listener", listener)]
        inFlight = Meter(label: "http.server.active_requests", dimensions: dimensions, factory: factory)
    }

    /// A request has come; hand the result to ``end(_:route:method:status:)``.
    func begin() -> ContinuousClock.Instant {
        inFlight.increment()
        return .now
    }

    func end(
        _ start: ContinuousClock.Instant,
        route: String?,
        method: HTTPRequest.Method,
        status: HTTPResponse.Status
    ) {
        inFlight.decrement()
        timer(Key(route: route ?? "NotFound", method: method.label, status: status.code))
            .record(duration: ContinuousClock.now - start)
    }

    private func timer(_ key: Key) -> Timer {
        if let known = timers.withLock({ $0[key] }) { return known }
        let timer = Timer(
            label: "http.server.request.duration",
            dimensions: [
                ("listener", listener), ("route", key.route), ("method", key.method),
                ("status", String(key.status)),
            ],
            factory: factory
        )
        timers.withLock { $0[key] = timer }
        return timer
    }
}

extension HTTPRequest.Method {
    /// The nine methods of HTTP; any other word a client may think of.
    static let all: [HTTPRequest.Method] = [.get, .head, .post, .put, .delete, .connect, .options, .trace, .patch]

    fileprivate var label: String { Self.all.contains(self) ? rawValue : "OTHER" }
}
