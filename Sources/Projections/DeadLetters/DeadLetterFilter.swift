import EventLog

/// Which dead letters are wanted.
package struct DeadLetterFilter: Sendable, Hashable {
    /// Those of one workspace; nil for all.
    package var workspace: WorkspaceID?
    /// Those of one projection; nil for all.
    package var projection: ProjectionName?
    /// Only those that are not settled.
    package var unresolvedOnly: Bool
    /// The last one seen before.
    package var after: DeadLetter.Address?
    /// The most to return.
    package var limit: Int

    package init(
        workspace: WorkspaceID? = nil,
        projection: ProjectionName? = nil,
        unresolvedOnly: Bool = true,
        after: DeadLetter.Address? = nil,
        limit: Int = 100
    ) {
        self.workspace = workspace
        self.projection = projection
        self.unresolvedOnly = unresolvedOnly
        self.after = after
        self.limit = limit
    }
}
