import EventLog
import HTTPServer
import Projections
import Synchronization

/// Answers waits for a position at once, as it was told to, and remembers what was asked.
final class StubWaiter: ReadModelWaiting {
    private let state = Mutex((failure: ProjectionError?.none, asked: [Position]()))

    /// Lets waits fail, with where the log or the read model is.
    func fail(_ code: ProjectionError.Code, at position: Position) {
        state.withLock { $0.failure = ProjectionError(code, position: position) }
    }

    /// The positions that were waited for.
    var asked: [Position] { state.withLock { $0.asked } }

    func wait(
        for position: Position,
        in workspace: WorkspaceID,
        deadline: ContinuousClock.Instant
    ) async throws(ProjectionError) {
        let failure = state.withLock { state in
            state.asked.append(position)
            return state.failure
        }
        if let failure { throw failure }
    }
}
