/// The workspaces whose logs have grown since a subscriber last asked.
package struct TouchedWorkspaces: Sendable, Hashable {
    /// Those that are known.
    package internal(set) var workspaces: Set<WorkspaceID>
    /// False when others may have grown too: too many to name, or news was missed.
    ///
    /// Look at all of them then.
    package internal(set) var isComplete: Bool

    /// The most workspaces that are named.
    static let limit = 4096

    /// Creates a set.
    package init(_ workspaces: Set<WorkspaceID> = [], isComplete: Bool = true) {
        self.workspaces = workspaces
        self.isComplete = isComplete
    }

    var isEmpty: Bool { workspaces.isEmpty && isComplete }

    mutating func insert(_ workspace: WorkspaceID) {
        if workspaces.count < Self.limit {
            workspaces.insert(workspace)
        } else if !workspaces.contains(workspace) {
            isComplete = false
        }
    }

    mutating func formUnion(_ other: TouchedWorkspaces) {
        for workspace in other.workspaces { insert(workspace) }
        if !other.isComplete { isComplete = false }
    }
}
