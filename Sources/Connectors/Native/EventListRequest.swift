import EventLog

/// What `GET /v1/events` asks for.
package struct EventListRequest: Hashable, Sendable {
    /// The position after which the page begins.
    package let after: Position
    /// The most events of the page.
    package let limit: Int
    /// The event type; nil is any.
    package let type: String?
    /// The entity concerned; nil is any.
    package let entity: EventFilter.Entity?

    /// The limit of a request that states none.
    package static let defaultLimit = 100
    /// No log is that long; what lies beyond could not be added to.
    private static let furthest = Int64.max / 2

    /// Reads `after` (default 0), `limit` (1 to 1000, default 100), `type` and `entity` (`type/id`).
    ///
    /// Throws `invalid` with the first fault.
    package init(_ items: QueryItems) throws(Refusal) {
        let limits = Int64(EventReader.limits.lowerBound)...Int64(EventReader.limits.upperBound)
        after = Position(rawValue: try items.integer("after", in: 0...Self.furthest) ?? 0)
        limit = try items.integer("limit", in: limits).map { Int($0) } ?? Self.defaultLimit
        type = try items.filter("type")
        entity = try Self.entity(items)
    }

    private static func entity(_ items: QueryItems) throws(Refusal) -> EventFilter.Entity? {
        guard let text = try items.single("entity"), !text.isEmpty else { return nil }
        guard !text.utf8.contains(0), let entity = EventFilter.Entity(text) else {
            throw .query("entity", .notLike("type/id, as in contact/con_1"))
        }
        return entity
    }
}
