import EventLog
import HTTPServer
import Synchronization

/// Answers waits for a position as it was told to, and remembers what was asked.
final class StubWaiter: ReadModelWaiting {
    private let state = Mutex((outcome: ReadModelWait.reached, asked: [Position]()))

    var outcome: ReadModelWait {
        get { state.withLock { $0.outcome } }
        set { state.withLock { $0.outcome = newValue } }
    }

    /// The positions that were waited for.
    var asked: [Position] { state.withLock { $0.asked } }

    func wait(
        for position: Position,
        in workspace: WorkspaceID,
        deadline: ContinuousClock.Instant
    ) async throws -> ReadModelWait {
        state.withLock { state in
            state.asked.append(position)
            return state.outcome
        }
    }
}
