import EventLog

extension ConnectorName {
    /// Any sender that follows Standard Webhooks.
    package static let standardWebhooks = ConnectorName(rawValue: "standard-webhooks")
}

extension Connector {
    /// Any sender that follows Standard Webhooks.
    static let standardWebhooks = Connector(
        sender: .standardWebhooks(.standardWebhooks, subject: EventSubject.first)
    )
}

extension Sender {
    /// A sender with the signature and the body of Standard Webhooks: `{type, timestamp, data}` with the object as data, and
    /// livemode where it matters.
    ///
    /// The id is the delivery's signed webhook-id.
    ///
    /// - Parameter subject: What a type is about.
    static func standardWebhooks(_ name: ConnectorName, subject: @escaping @Sendable (String) -> String) -> Sender {
        let envelope = Envelope { parts in
            let event = parts.body.members("type", "timestamp", "livemode", "data")
            let type = event["type"]?.string
            return EventFields(
                type: type,
                entityType: type.map(subject),
                entityID: event["data"]["id"]?.identifier,
                time: event["timestamp"]?.time,
                livemode: event["livemode"]?.boolean
            )
        }
        return Sender(name, signature: .standardWebhooks, envelope: envelope)
    }
}
