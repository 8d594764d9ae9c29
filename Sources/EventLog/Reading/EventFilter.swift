/// Which events of a workspace a reader asks for.
package struct EventFilter: Sendable, Hashable {
    /// One entity, by its type and id.
    package struct Entity: Sendable, Hashable {
        /// The type, such as `customer`.
        package let type: String
        /// The id within its system.
        package let id: String

        /// Creates a reference.
        package init(type: String, id: String) {
            self.type = type
            self.id = id
        }

        /// Reads `type/id`; `nil` when either is missing.
        package init?(_ text: some StringProtocol) {
            guard let slash = text.firstIndex(of: "/") else { return nil }
            type = String(text[..<slash])
            id = String(text[text.index(after: slash)...])
            guard !type.isEmpty, !id.isEmpty else { return nil }
        }
    }

    /// Live events, else test events.
    package var livemode: Bool
    /// Only events of this type.
    package var type: String?
    /// Only events of this entity, in any system.
    package var entity: Entity?

    /// Creates a filter.
    package init(livemode: Bool, type: String? = nil, entity: Entity? = nil) {
        self.livemode = livemode
        self.type = type
        self.entity = entity
    }
}
