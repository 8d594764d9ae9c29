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
    package var settings = SourceSettings()
    /// The token of the vendor's API; needed when the settings say where objects are fetched.
    package var fetchToken: String?
}

extension SourceDraft {
    /// Creates a draft of a source with the usual settings, whose secret is made.
    package init(workspace: WorkspaceID, connector: ConnectorName, name: String) {
        self.init(workspace: workspace, connector: connector, name: name, secret: nil)
    }
}
