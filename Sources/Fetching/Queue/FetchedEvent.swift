import EventLog
import Postgres

/// The event that a fetched object becomes.
struct FetchedEvent: Sendable {
    private let body: [UInt8]
    private let system: ConnectorName
    private let fields: EventFields

    /// Reads what a body in the form of a sender's events says of itself.
    init(_ body: [UInt8], _ sender: Sender) {
        self.body = body
        system = sender.name
        fields = sender.envelope.fields(of: body, headers: "{}")
    }

    /// The arguments of `hooklog.complete_fetch()` after those of the claim.
    var parameters: [PostgresParameter] {
        [
            .text(system.rawValue), .text(fields.type), .timestamptz(fields.time), .bool(fields.livemode), .bytea(body),
        ]
    }
}
