import EventLog
import HTTPServer

/// The routes of the query surfaces.
enum QueryControllers {
    /// The log and the directory under `/v1`, what describes them, and the vendors' surfaces.
    static func all(
        reads: ReadResponder,
        writes: WriteResponder,
        events: EventReader,
        limiter: RateLimiter
    ) -> [any RouteController] {
        [
            RateLimits(limiter: limiter),
            UnmatchedRoutes(prefix: "/v1", routes: .native),
            UnmatchedRoutes(prefix: "/openapi.json", routes: .documentation),
            UnmatchedRoutes(prefix: "/docs", routes: .documentation),
            LogQueryController(reads: reads, events: events),
            DirectoryQueryController(reads: reads),
            DocumentationController(),
        ] + SurfaceController.all(reads: reads, writes: writes)
    }
}
