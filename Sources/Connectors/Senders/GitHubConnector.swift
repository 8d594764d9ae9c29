import EventLog

extension ConnectorName {
    /// GitHub.
    package static let github = ConnectorName(rawValue: "github")
}

extension Connector {
    /// GitHub. https://docs.github.com/en/webhooks/webhook-events-and-payloads
    static let github = Connector(
        .github,
        .github,
        keptHeaders: [
            "x-github-event", "x-github-delivery", "x-github-hook-id", "x-github-hook-installation-target-id",
            "x-github-hook-installation-target-type",
        ]
    ) { parts in
        // The delivery id is not signed, so the body's hash is the event's id.
        let event = parts.header("x-github-event")
        return EventFields(
            type: [event, parts.body["action"]?.string].compactMap(\.self).joined(separator: "."),
            entityType: event,
            entityID: event.flatMap { parts.body[$0]["id"]?.identifier },
            livemode: true
        )
    }
}
