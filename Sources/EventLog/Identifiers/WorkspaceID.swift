/// The identifier of a workspace.
package struct WorkspaceID: Identifier {
    /// The number, from 1.
    package let rawValue: Int64

    /// Creates an identifier from its number.
    package init(rawValue: Int64) {
        self.rawValue = rawValue
    }
}
