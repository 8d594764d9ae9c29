import EventLog

extension ConnectorName {
    /// Stripe.
    package static let stripe = ConnectorName(rawValue: "stripe")
}

extension Connector {
    /// Stripe. https://docs.stripe.com/api/events/object
    ///
    /// `{id, type, created (seconds), livemode, data: {object: {object, id}}}`.
    static let stripe = Connector(.stripe, .stripe) { parts in
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
