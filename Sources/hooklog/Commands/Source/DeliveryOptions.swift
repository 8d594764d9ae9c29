import ArgumentParser
import EventLog

/// The options that say where deliveries have what; but for the sequence those of an unknown sender.
struct DeliveryOptions: ParsableArguments {
    /// The options' names, for messages.
    static let names = "--event-id-at, --event-type-at, --event-time-at and --handshake-at"

    @Option(
        help: .value(
            "place",
            "Where an event has its id: body:/id or header:X-Event-Id. One in a header that is not signed is only kept."
        )
    )
    var eventIdAt: EventLocation?

    @Option(help: .value("place", "Where an event has its type: body:/type or header:X-Event-Type."))
    var eventTypeAt: EventLocation?

    @Option(help: .value("place", "Where an event says when it happened, in RFC 3339 or Unix time: body:/created_at."))
    var eventTimeAt: EventLocation?

    @Option(
        help: .value(
            "place",
            "Where an event of any sender has a whole number that orders those of the same time: body:/version."
        )
    )
    var eventSequenceAt: EventLocation?

    @Option(
        help: .value(
            "place",
            "Where the sender's GET has the challenge to be repeated: query:hub.challenge or header:X-Okta-…."
        )
    )
    var handshakeAt: HandshakeQuestion?

    /// Whether any of them is given that only an unknown sender needs.
    var isGiven: Bool { eventIdAt != nil || eventTypeAt != nil || eventTimeAt != nil || handshakeAt != nil }

    /// The places.
    var locations: EventLocations { EventLocations(id: eventIdAt, type: eventTypeAt, time: eventTimeAt) }
}

extension EventLocation: ExpressibleByArgument {}

extension HandshakeQuestion: ExpressibleByArgument {}
