import Postgres

/// What an event's envelope says of it, beside its payload.
///
/// Of a body that PostgreSQL cannot represent only ``unread`` counts.
package struct EventFields: Sendable, Hashable {
    /// What is said without the body, by the headers or the connector.
    package struct Unread: Sendable, Hashable {
        /// The kind of object that it is about.
        package let entityType: String?
        /// When it happened.
        package let time: PostgresTimestamp?
        /// Its place among the events of the same time.
        package let sequence: Int64?
    }

    /// The longest id and the longest names of types, in bytes.
    private static let limit = 1...255

    /// The event's own id; nil where it has none, or one that is empty or longer than 255 bytes.
    package let id: String?
    /// The type; nil where it has none, or one that is empty or longer than 255 bytes.
    package let type: String?
    /// The kind of object that it is about; nil as the type is.
    package let entityType: String?
    /// The object's id, see ``JSONPart/identifier``.
    package let entityID: String?
    /// When it happened; nil where it does not say.
    package let time: PostgresTimestamp?
    /// Whether it is about live data; nil where it does not say.
    package let livemode: Bool?
    /// Its place among the events of the same time; nil where there is none.
    package internal(set) var sequence: Int64?
    /// What counts where the body is not representable.
    package internal(set) var unread: Unread?

    /// Creates fields; what is too long is left out.
    package init(
        id: String? = nil,
        type: String?,
        entityType: String?,
        entityID: String?,
        time: PostgresTimestamp? = nil,
        livemode: Bool? = nil
    ) {
        self.id = Self.bounded(id)
        self.type = Self.bounded(type)
        self.entityType = Self.bounded(entityType)
        self.entityID = entityID
        self.time = time
        self.livemode = livemode
    }

    private static func bounded(_ text: String?) -> String? {
        text.flatMap { limit ~= $0.utf8.count ? $0 : nil }
    }
}
