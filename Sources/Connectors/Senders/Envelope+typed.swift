import EventLog

extension Envelope {
    /// The body of Standard Webhooks, `{type, timestamp, data}` with the object as data, and livemode where it matters.
    ///
    /// The id is the delivery's signed webhook-id.
    ///
    /// - Parameter subject: What a type is about.
    static func standardWebhooks(subject: @escaping @Sendable (String) -> String) -> Envelope {
        Envelope { parts in
            let event = parts.body.members(["type", "timestamp", "livemode", "data"])
            let type = event[0]?.string
            return EventFields(
                type: type,
                entityType: type.map(subject),
                entityID: event[3]["id"]?.identifier,
                time: event[1]?.time,
                livemode: event[2]?.boolean
            )
        }
    }
}

/// What the type of an event is about.
enum EventSubject {
    /// What stands before the first dot.
    static func first(_ type: String) -> String { before(".", in: type) }

    /// What stands before the first of a character.
    static func before(_ character: Unicode.Scalar, in type: String) -> String {
        String(type.unicodeScalars.prefix { $0 != character })
    }

    /// What stands before the last dot; all of it when there is none.
    static func last(_ type: String) -> String {
        type.unicodeScalars.lastIndex(of: ".").map { String(type.unicodeScalars[..<$0]) } ?? type
    }
}
