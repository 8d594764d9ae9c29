import EventLog

extension ConnectorName {
    /// Stripe.
    package static let stripe = ConnectorName(rawValue: "stripe")
}

extension Connector {
    /// Stripe. https://docs.stripe.com/api/events/object
    static let stripe = Connector(sender: Sender(.stripe, .scheme(.stripe), envelope: .stripe))
}

extension Envelope {
    /// `{id, type, created (seconds), livemode, data: {object: {object, id}}}`.
    fileprivate static let stripe = Envelope { parts in
        let event = parts.body.members(["id", "type", "created", "livemode", "data"])
        let object = event[4]["object"]
        return EventFields(
            id: event[0]?.string,
            type: event[1]?.string,
            entityType: object["object"]?.string,
            entityID: object["id"]?.identifier,
            time: event[2]?.unixTime,
            livemode: event[3]?.boolean
        )
    }
}
