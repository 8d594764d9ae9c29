import EventLog
import Foundation
import HTTPServer

/// The routes of the query surfaces.
enum QueryControllers {
    /// Pivotal's own reads under `/api/v1`, and the log under `/v1`.
    static func all(reads: ReadResponder, events: EventReader) -> [any RouteController] {
        [
            UnmatchedRoutes(prefix: "/api/v1", routes: .pivotalReads),
            UnmatchedRoutes(prefix: "/v1", routes: .log),
            PivotalQueryController(reads: reads, now: { Date.now }),
            LogQueryController(reads: reads, events: events),
        ]
    }
}
