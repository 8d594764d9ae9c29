import EventLog
import WebhookSignatures

extension ConnectorName {
    /// Slack.
    package static let slack = ConnectorName(rawValue: "slack")
}

extension Connector {
    /// Slack's Events API. https://docs.slack.dev/apis/events-api/
    ///
    /// `{event_id, event_time (seconds), event: {type}}`.
    static let slack = Connector(
        .slack,
        .slack,
        keptHeaders: ["x-slack-retry-num", "x-slack-retry-reason"],
        challenge: challenge
    ) { parts in
        let event = parts.body.members("event_id", "event_time", "type", "event")
        return EventFields(
            id: event["event_id"]?.string,
            type: event["event"]["type"]?.string ?? event["type"]?.string,
            entityType: nil,
            entityID: nil,
            time: event["event_time"]?.unixTime,
            livemode: true
        )
    }

    /// The question whether the address is the receiver's, `{type: url_verification, challenge}`.
    private static func challenge(in body: [UInt8]) -> String? {
        guard case .object(let members)? = try? JSONReader<JSONValue>.read(body),
            members["type"] == .string("url_verification"), case .string(let challenge)? = members["challenge"]
        else { return nil }
        return challenge
    }
}
