import EventLog

extension ConnectorName {
    /// Shopify.
    package static let shopify = ConnectorName(rawValue: "shopify")
}

extension Connector {
    /// Shopify. https://shopify.dev/docs/apps/build/webhooks
    ///
    /// The topic and the time stand in headers, the body is the object itself.
    static let shopify = Connector(
        .shopify,
        .shopify,
        keptHeaders: [
            "x-shopify-topic", "x-shopify-triggered-at", "x-shopify-shop-domain", "x-shopify-api-version",
            "x-shopify-event-id", "x-shopify-webhook-id",
        ]
    ) { parts in
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
