import Connectors
import EventLog
import Hummingbird

/// The native endpoints that read the log itself: `/v1/events` and `/v1/events/{position}`.
///
/// Live keys see live events, test keys test events. `next_after` is where the next page begins; it is `head` once the
/// reader has seen all there is.
package struct LogQueryController: RouteController {
    private let reads: ReadResponder
    private let events: EventReader

    /// Makes the controller over a reader of the log.
    package init(reads: ReadResponder, events: EventReader) {
        self.reads = reads
        self.events = events
    }

    /// Adds the endpoints to a router, as GET and HEAD.
    package func addRoutes(to router: Router<ServerRequestContext>) {
        router.getAndHead("/v1/events") { request, _ in try await page(request) }
        router.getAndHead("/v1/events/{position}") { request, context in
            try await event(request, context.parameters.get("position"))
        }
    }

    private func page(_ request: Request) async throws(QueryFailure) -> Response {
        let (key, list) = try await reads.admit(request) { items throws(Refusal) in
            try EventListRequest(items)
        }
        let filter = EventFilter(livemode: key.livemode, type: list.type, entity: list.entity)
        let page = try await reads.fromLog { () throws(EventLogError) in
            try await events.page(of: key.workspace, filter, after: list.after, limit: list.limit)
        }
        var body = ByteBuffer(string: "{\"object\":\"list\",\"data\":")
        body.writeBytes(page.events)
        body.writeString(",\"next_after\":\(page.nextAfter),\"head\":\(page.head)}")
        return Response(.ok, body)
    }

    private func event(_ request: Request, _ position: String?) async throws(QueryFailure) -> Response {
        let (key, _) = try await reads.admit(request) { items throws(Refusal) in items }
        guard let position = position.flatMap({ Int64($0) }) else { throw QueryFailure(.notFound("Event")) }
        let event = try await reads.fromLog { () throws(EventLogError) in
            try await events.event(at: Position(rawValue: position), in: key.workspace, livemode: key.livemode)
        }
        guard let event else { throw QueryFailure(.notFound("Event")) }
        return Response(.ok, ByteBuffer(bytes: event))
    }
}
