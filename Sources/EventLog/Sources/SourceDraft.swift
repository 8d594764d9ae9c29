/// What is needed to make a source.
package struct SourceDraft: Sendable {
    /// The workspace that it shall belong to.
    package var workspace: WorkspaceID
    /// What is known of the vendor.
    package var connector: ConnectorName
    /// The name for people, unique in the workspace.
    package var name: String
    /// The sender's secret; nil makes one.
    package var secret: String?
    /// What its operator sets.
    package var settings: SourceSettings
    /// The token of the vendor's API; needed when the settings say where objects are fetched.
    package var fetchToken: String?

    /// Creates a draft.
    package init(
        workspace: WorkspaceID,
        connector: ConnectorName,
        name: String,
        secret: String? = nil,
        settings: SourceSettings = SourceSettings(),
        fetchToken: String? = nil
    ) {
        self.workspace = workspace
        self.connector = connector
        self.name = name
        self.secret = secret
        self.settings = settings
        self.fetchToken = fetchToken
    }
}
