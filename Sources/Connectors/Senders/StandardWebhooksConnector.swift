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
