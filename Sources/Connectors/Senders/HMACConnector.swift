import EventLog

extension ConnectorName {
    /// A sender whose signature the source's settings describe.
    package static let hmac = ConnectorName(rawValue: "hmac")
}

extension Connector {
    /// Any other sender, whose signature and fields the source's settings describe.
    static let hmac = Connector(sender: Sender(.hmac, .describedBySource, envelope: .located))
}

extension Envelope {
    /// An id, a type and a time where the source says that they stand, which is kept with the headers under reserved names,
    /// or else where most put them.
    ///
    /// An id in a header is not taken from there: when it is signed it is the delivery's id, and otherwise the body's hash is
    /// the event's.
    fileprivate static let located = Envelope { parts in
        let event = parts.body.members(["id", "type", "created_at", "timestamp", "livemode", "data"])
        let isTypeLocated = parts.headers["hooklog-type-at"] != nil
        let type = isTypeLocated ? parts.scalar(at: "hooklog-type-at") : event[1]?.string
        let time = event[2]?.string != nil ? event[2] : event[3]
        return EventFields(
            id: id(parts, usual: event[0]),
            type: type,
            entityType: type.map(EventSubject.first),
            entityID: event[5]["id"]?.identifier,
            time: parts.header("hooklog-time-at") == nil ? time?.time : parts.time(at: "hooklog-time-at"),
            livemode: event[4]?.boolean
        )
    }

    private static func id(_ parts: Parts, usual: JSONPart?) -> String? {
        guard let place = parts.header("hooklog-id-at") else { return usual?.string }
        return place.hasPrefix("body:") ? parts.scalar(at: "hooklog-id-at") : nil
    }
}
