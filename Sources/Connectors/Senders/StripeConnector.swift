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
        let event = parts.body.members("id", "type", "created", "livemode", "data")
        let object = event["data"]["object"]
        return EventFields(
            id: event["id"]?.string,
            type: event["type"]?.string,
            entityType: object["object"]?.string,
            entityID: object["id"]?.identifier,
            time: event["created"]?.unixTime,
            livemode: event["livemode"]?.boolean
        )
    }
}
