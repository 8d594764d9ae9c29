/// What is needed to make an API key.
package struct APIKeyDraft: Sendable {
    /// The workspace that it shall open.
    package var workspace: WorkspaceID
    /// The name for people.
    package var name: String
    /// What it may do.
    package var scope: APIKeyScope
    /// Whether it shall see live data, else test data.
    package var livemode: Bool
    /// The requests it may make in any minute; nil is as many as it likes.
    package var rateLimit: Int32?

    /// The limits that can be set.
    package static let rateLimits: ClosedRange<Int32> = 1...1_000_000

    /// Creates a draft.
    package init(
        workspace: WorkspaceID,
        name: String,
        scope: APIKeyScope = .read,
        livemode: Bool = true,
        rateLimit: Int32? = nil
    ) {
        self.workspace = workspace
        self.name = name
        self.scope = scope
        self.livemode = livemode
        self.rateLimit = rateLimit
    }
}
