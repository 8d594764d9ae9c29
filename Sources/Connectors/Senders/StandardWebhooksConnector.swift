import EventLog

extension ConnectorName {
    /// Any sender that follows Standard Webhooks.
    package static let standardWebhooks = ConnectorName(rawValue: "standard-webhooks")
}

extension Connector {
    /// Any sender that follows Standard Webhooks.
    static let standardWebhooks = Connector(
        sender: Sender(
            .standardWebhooks,
            .scheme(.standardWebhooks),
            envelope: .standardWebhooks(subject: EventSubject.first)
        )
    )
}

extension Envelope {
    /// The body of Standard Webhooks, `{type, timestamp, data}` with the object as data, and livemode where it matters.
    ///
    /// The id is the delivery's signed webhook-id.
    ///
    /// - Parameter subject: What a type is about.
    static func standardWebhooks(subject: @escaping @Sendable (String) -> String) -> Envelope {
        Envelope { parts in
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
    }
}
