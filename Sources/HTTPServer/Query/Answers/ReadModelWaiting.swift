import EventLog
import Projections

/// Lets a read wait until the read model has seen the log up to a position.
package protocol ReadModelWaiting: Sendable {
    /// Waits until the read model of a workspace is at `position`, or the deadline.
    ///
    /// Throws `positionBeyondHead` at once for a position above the log's head and `waitTimedOut` at the deadline, both with
    /// where the log or the read model is.
    func wait(
        for position: Position,
        in workspace: WorkspaceID,
        deadline: ContinuousClock.Instant
    ) async throws(ProjectionError)
}

extension ReadModelWaiter: ReadModelWaiting {
    /// Waits for the projection that the query endpoints read; throws as `waitUntil` does.
    package func wait(
        for position: Position,
        in workspace: WorkspaceID,
        deadline: ContinuousClock.Instant
    ) async throws(ProjectionError) {
        try await waitUntil(workspace, .directory, reaches: position, deadline: deadline)
    }
}
