import EventLog

/// A piece of work of the service that fetches.
enum FetchJob: Hashable, Sendable {
    /// Read a workspace's log for thin events.
    case plan(WorkspaceID)
    /// Fetch an object of a source, if one is due.
    case fetch(SourceID)
}
