import Connectors
import EventLog
import Foundation
import Postgres
import Schema

/// An event of any of the four vendors, in the shape in which it is appended.
struct VendorEvent: Sendable, Hashable {
    var system: String
    /// What stands before the dot of the type.
    var entityType: String
    var action = "updated"
    var entityID: String
    /// What the event is known by: Pivotal's own id, the others' signed delivery id.
    var id: String
    var occurredAt = "2026-05-26T18:42:00.123Z"
    var livemode = true
    /// The object's members as JSON text, without the braces and without its id.
    var members = ""

    var object: String {
        #"{"id":"\#(entityID)"\#(members.isEmpty ? "" : ",")\#(members)}"#
    }

    var body: String {
        let type = "\(entityType).\(action)"
        return switch system {
        case "pivotal":
            """
            {"id":"\(id)","type":"\(type)","created_at":"\(occurredAt)","livemode":\(livemode),"data":{"object":\(object)}}
            """
        case "piriod":
            """
            {"event":"\(type)","object_id":"\(entityID)","occurred_at":"\(occurredAt)","livemode":\(livemode),\
            "data":\(object)}
            """
        default: #"{"type":"\#(type)","timestamp":"\#(occurredAt)","livemode":\#(livemode),"data":\#(object)}"#
        }
    }

    var delivery: VendorDelivery { VendorDelivery(system: system, id: system == "pivotal" ? nil : id, body: body) }

    /// What Piriod sends by itself.
    static func piriodNotification(_ event: String, _ objectID: String, id: String) -> VendorDelivery {
        VendorDelivery(system: "piriod", id: id, body: #"{"event":"\#(event)","object_id":"\#(objectID)"}"#)
    }
}

/// A delivery as it reaches the log.
struct VendorDelivery: Sendable, Hashable {
    let system: String
    let id: String?
    let body: String
}

extension QueryServer {
    /// Appends deliveries in one batch and leaves them to whoever projects; returns what became of each.
    @discardableResult
    func append(_ deliveries: [VendorDelivery], to workspace: Workspace? = nil) async throws -> [String] {
        let workspace = (workspace ?? self.workspace).id
        let webhooks = try deliveries.map {
            VerifiedWebhook(
                source: SourceID(workspace: workspace, number: 1),
                sender: try Senders.known.sender(ConnectorName(rawValue: $0.system)),
                deliveryID: $0.id,
                body: Array($0.body.utf8)
            )
        }
        let parameters = EventAppender.parameters(webhooks, workspace: workspace)
        let result = try await pool.query(SQLLibrary.call("append", parameters.count), parameters)
        return try result.rows.map { try $0.decode("outcome") }
    }

    /// Appends events and projects them.
    func project(_ events: [VendorEvent], in workspace: Workspace? = nil) async throws {
        try await append(events.map(\.delivery), to: workspace)
        try await project(workspace)
    }
}
