import EventLog

/// Lets a read wait until the read model has seen the log up to a position.
package protocol ReadModelWaiting: Sendable {
    /// Waits until the read model of a workspace is at `position`, or the deadline.
    ///
    /// A position above the log's head is answered at once. Throws when the database is away or the task cancelled.
    func wait(
        for position: Position,
        in workspace: WorkspaceID,
        deadline: ContinuousClock.Instant
    ) async throws -> ReadModelWait
}

/// How a wait for a position ended.
package enum ReadModelWait: Hashable, Sendable {
    case reached
    /// The log has no such position yet.
    case aheadOfLog(head: Position)
    /// The deadline came first; the read model is where it is.
    case timedOut(at: Position)
}
