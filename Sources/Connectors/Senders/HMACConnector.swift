import EventLog

extension ConnectorName {
    /// A sender whose signature the source's settings describe.
    package static let hmac = ConnectorName(rawValue: "hmac")
}

extension Connector {
    /// Any other sender, whose signature and fields the source's settings describe.
    static let hmac = Connector(sender: Sender(.hmac, signature: nil, envelope: .located))
}

extension Envelope {
    /// An id, a type and a time where the source says that they stand, which is kept with the headers under reserved names,
    /// or else where most put them.
    ///
    /// An id in a header is not taken from there: when it is signed it is the delivery's id, and otherwise the body's hash is
    /// the event's.
    fileprivate static let located = Envelope { parts in
        let event = parts.body.members("id", "type", "created_at", "timestamp", "livemode", "data")
        let isTypeLocated = parts.headers["hooklog-type-at"] != nil
        let type = isTypeLocated ? parts.scalar(at: "hooklog-type-at") : event["type"]?.string
        let time = event["created_at"]?.string != nil ? event["created_at"] : event["timestamp"]
        return EventFields(
            id: id(parts, usual: event["id"]),
            type: type,
            entityType: type.map(EventSubject.first),
            entityID: event["data"]["id"]?.identifier,
            time: parts.header("hooklog-time-at") == nil ? time?.time : parts.time(at: "hooklog-time-at"),
            livemode: event["livemode"]?.boolean
        )
    }

    private static func id(_ parts: Parts, usual: JSONPart?) -> String? {
        guard let place = parts.header("hooklog-id-at") else { return usual?.string }
        return place.hasPrefix("body:") ? parts.scalar(at: "hooklog-id-at") : nil
    }
}
