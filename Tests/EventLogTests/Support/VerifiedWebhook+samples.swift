import Connectors
import EventLog
import Synchronization

extension SourceID {
    static func sample(_ workspace: WorkspaceID, _ number: Int64 = 1) -> SourceID {
        SourceID(workspace: workspace, number: number)
    }
}

extension VerifiedWebhook {
    /// A Pivotal event.
    static func pivotal(
        _ source: SourceID,
        id: String,
        type: String = "customer.updated",
        createdAt: String = "2026-01-01T00:00:00Z",
        extra: String = ""
    ) -> VerifiedWebhook {
        VerifiedWebhook(
            source: source,
            sender: .known(.pivotal),
            deliveryID: nil,
            body: Array(
                #"{"id":"\#(id)","type":"\#(type)","created_at":"\#(createdAt)","data":{"object":{"id":"cus_1"}}\#(extra)}"#
                    .utf8
            )
        )
    }

    /// A body of a sender without envelope.
    static func raw(_ source: SourceID, _ body: [UInt8], deliveryID: String? = nil) -> VerifiedWebhook {
        VerifiedWebhook(source: source, sender: .known(.hmac), deliveryID: deliveryID, body: body)
    }
}
