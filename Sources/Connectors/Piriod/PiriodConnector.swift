import EventLog

extension ConnectorName {
    /// Piriod.
    package static let piriod = ConnectorName(rawValue: "piriod")
}

extension Connector {
    /// Piriod.
    package static let piriod = Connector(sender: .piriod, surface: .piriod, lists: .piriod, objects: PiriodAPI())
}

extension Sender {
    /// Piriod, whose deliveries only name what changed.
    static let piriod = Sender(.piriod, signature: .piriod, envelope: .piriod, isThin: true)
}

extension Envelope {
    /// A delivery is thin, `{event, object_id}` and nothing else: it concerns no object by itself but says that one changed,
    /// so its entity type is `notification`.
    ///
    /// What is appended once the object is known (fetched, imported, made by a command) is
    /// `{event, object_id, occurred_at, livemode, data}` with the vendor's object as data. A signed delivery holds strings
    /// only, so none can pass for the second kind.
    fileprivate static let piriod = Envelope { parts in
        let event = parts.body.members("event", "object_id", "occurred_at", "livemode", "data")
        let isWhole = event["data"]?.isObject == true
        let type = event["event"]?.string
        return EventFields(
            type: type,
            entityType: isWhole ? type.map(EventSubject.last) : "notification",
            entityID: event["object_id"]?.identifier,
            time: isWhole ? event["occurred_at"]?.time : nil,
            livemode: isWhole ? event["livemode"]?.boolean : nil
        )
    }
}

extension VendorAPI {
    /// Piriod's lists.
    static let piriod = VendorAPI(
        access: .piriod,
        lists: [
            VendorList(kind: "customer", path: "/customers/", paging: .numbered),
            VendorList(kind: "orgunit", path: "/orgunits/", paging: .numbered),
            VendorList(kind: "contact", path: "/contacts/", paging: .numbered),
        ]
    )
}
