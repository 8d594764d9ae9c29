/// Deliveries of one workspace that are appended by one statement.
struct AppendBatch: Sendable {
    /// A delivery and the ticket of its caller.
    struct Entry: Sendable {
        let ticket: UInt64
        let delivery: VerifiedWebhook
    }

    let workspace: WorkspaceID
    let entries: [Entry]
}
