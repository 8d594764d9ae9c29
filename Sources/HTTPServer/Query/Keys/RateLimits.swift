import Connectors
import CoreMetrics
import EventLog
import HTTPTypes
import Hummingbird

/// Holds the requests of limited keys to their limits, and tells on each of their answers how they stand.
///
/// It must come before the controllers and ``UnmatchedRoutes`` that it speaks for, so that their errors pass through it.
/// A request without a valid key passes; its 401 tells nothing of limits.
package struct RateLimits: ServerMiddleware {
    private let limiter: RateLimiter
    private let liveRejections: Counter
    private let testRejections: Counter

    /// Holds requests to ``LimitedPaths`` to their keys' limits.
    package init(limiter: RateLimiter, metricsFactory: any MetricsFactory = MetricsSystem.factory) {
        self.limiter = limiter
        let label = "hooklog.rate_limit.rejections"
        liveRejections = Counter(label: label, dimensions: [("data", "live")], factory: metricsFactory)
        testRejections = Counter(label: label, dimensions: [("data", "test")], factory: metricsFactory)
    }

    /// Passes a request on, or refuses it with 429.
    package func handle(_ request: Request, context: ServerRequestContext, next: Next) async throws -> Response {
        guard LimitedPaths.contains(request.uri.path), let key = key(of: request) else {
            return try await next(request, context)
        }
        switch try await limiter.decide(on: key) {
        case .pass:
            return try await next(request, context)
        case .refuse(let standing, let seconds):
            (key.livemode ? liveRejections : testRejections).increment()
            var headers = standing.headers
            headers[.retryAfter] = String(seconds)
            throw QueryFailure(.rateLimited(seconds: seconds), headers: headers)
        case .admit(let standing):
            var response = await RequestEnvelope.answer(request, context: context, next: next)
            if response.status != .unauthorized { response.headers.append(contentsOf: standing.headers) }
            return response
        }
    }

    private func key(of request: Request) -> APIKeyText? {
        try? request.key(schemes: (Surface.at(request.uri.path)?.access ?? .bearer).schemes)
    }
}
