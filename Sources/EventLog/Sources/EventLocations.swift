/// Where the deliveries of a source say what they are; what is nil is looked for where most have it.
///
/// Of connectors other than `hmac` only the sequence is to be said.
///
/// An id in the body is signed with it. One in a header counts when the signature covers that header; otherwise anyone could
/// have changed it, so it is kept to be looked at and the body's hash is the event's id.
package struct EventLocations: Codable, Sendable, Hashable {
    /// The event's id; otherwise `body:/id`.
    package var id: EventLocation?
    /// The event's type; otherwise `body:/type`.
    package var type: EventLocation?
    /// When it happened: in RFC 3339, or in seconds or milliseconds since 1970; otherwise `body:/created_at`, then
    /// `body:/timestamp`.
    package var time: EventLocation?
    /// The place among the events of the same time, a whole number; otherwise there is none.
    package var sequence: EventLocation?

    /// Creates locations.
    package init(
        id: EventLocation? = nil,
        type: EventLocation? = nil,
        time: EventLocation? = nil,
        sequence: EventLocation? = nil
    ) {
        self.id = id
        self.type = type
        self.time = time
        self.sequence = sequence
    }

    /// The headers that hold something of these, in lower case.
    package var headerNames: [String] {
        [id, type, time, sequence].compactMap { location in
            if case .header(let name) = location { name } else { nil }
        }
    }

    /// What is kept with each event, so that its fields can be read from it alone: reserved names and the locations.
    package var members: [(name: String, value: String)] {
        [
            ("hooklog-id-at", id), ("hooklog-type-at", type), ("hooklog-time-at", time),
            ("hooklog-sequence-at", sequence),
        ].compactMap { name, location in
            location.map { (name, $0.description) }
        }
    }
}
