import EventLog
import Foundation
import HTTPServer

/// The routes of the query surfaces.
enum QueryControllers {
    /// Pivotal's own surface under `/api/v1`, and the log under `/v1`.
    static func all(
        reads: ReadResponder,
        writes: WriteResponder,
        events: EventReader,
        limiter: RateLimiter
    ) -> [any RouteController] {
        [
            RateLimits(limiter: limiter),
            UnmatchedRoutes(prefix: "/api/v1", routes: .pivotal),
            UnmatchedRoutes(prefix: "/v1", routes: .log),
            PivotalQueryController(reads: reads, now: { Date.now }),
            PivotalCommandController(writes: writes),
            LogQueryController(reads: reads, events: events),
        ]
    }
}
