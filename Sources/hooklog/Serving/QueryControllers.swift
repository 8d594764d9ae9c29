import EventLog
import Foundation
import HTTPServer

/// The routes of the query surfaces.
enum QueryControllers {
    /// Pivotal's own surface under `/api/v1`, the log and the directory under `/v1`, what describes them, and the other
    /// vendors' surfaces.
    static func all(
        reads: ReadResponder,
        writes: WriteResponder,
        events: EventReader,
        limiter: RateLimiter
    ) -> [any RouteController] {
        [
            RateLimits(limiter: limiter),
            UnmatchedRoutes(prefix: "/api/v1", routes: .pivotal),
            UnmatchedRoutes(prefix: "/v1", routes: .native),
            UnmatchedRoutes(prefix: "/openapi.json", routes: .documentation),
            UnmatchedRoutes(prefix: "/docs", routes: .documentation),
            PivotalQueryController(reads: reads, now: { Date.now }),
            PivotalCommandController(writes: writes),
            LogQueryController(reads: reads, events: events),
            DirectoryQueryController(reads: reads),
            DocumentationController(),
        ] + SurfaceController.all(reads: reads, writes: writes)
    }
}
