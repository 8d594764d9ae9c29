import EventLog

extension ConnectorName {
    /// Shopify.
    package static let shopify = ConnectorName(rawValue: "shopify")
}

extension Connector {
    /// Shopify. https://shopify.dev/docs/apps/build/webhooks
    static let shopify = Connector(
        sender: Sender(
            .shopify,
            .scheme(.shopify),
            envelope: .shopify,
            keptHeaders: [
                "x-shopify-topic", "x-shopify-triggered-at", "x-shopify-shop-domain", "x-shopify-api-version",
                "x-shopify-event-id", "x-shopify-webhook-id",
            ]
        )
    )
}

extension Envelope {
    /// The topic and the time stand in headers, the body is the object itself.
    fileprivate static let shopify = Envelope { parts in
        let topic = parts.header("x-shopify-topic")
        return EventFields(
            type: topic,
            entityType: topic.map { EventSubject.before("/", in: $0) },
            entityID: parts.body["id"]?.identifier,
            time: parts.headers["x-shopify-triggered-at"]?.time,
            livemode: true
        )
    }
}
