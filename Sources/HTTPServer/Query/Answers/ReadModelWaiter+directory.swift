import EventLog
import Projections

/// Waits for the projection that the query endpoints read.
extension ReadModelWaiter: ReadModelWaiting {
    /// Waits until `directory` is at `position`; a wait too many throws `tooManyWaiters`.
    package func wait(
        for position: Position,
        in workspace: WorkspaceID,
        deadline: ContinuousClock.Instant
    ) async throws -> ReadModelWait {
        do throws(ProjectionError) {
            try await waitUntil(workspace, .directory, reaches: position, deadline: deadline)
            return .reached
        } catch {
            switch error.code {
            case .positionBeyondHead: return .aheadOfLog(head: error.position ?? .start)
            case .waitTimedOut: return .timedOut(at: error.position ?? .start)
            case .invalidFile, .nameTaken, .definitionRefused, .unknownProjection, .buildGone, .buildStopped,
                .tooManyWaiters, .cancelled, .unavailable, .databaseFailed:
                throw error
            }
        }
    }
}
