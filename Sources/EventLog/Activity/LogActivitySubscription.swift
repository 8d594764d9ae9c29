/// One follower of ``LogActivity``.
///
/// It is a sequence without end: iteration stops when the task is cancelled. One task at a time may wait on it.
package final class LogActivitySubscription: AsyncSequence, AsyncIteratorProtocol, Sendable {
    private let id: Int
    private let activity: LogActivity

    init(id: Int, activity: LogActivity) {
        self.id = id
        self.activity = activity
    }

    deinit { activity.remove(id) }

    /// Waits until a log has grown and returns all that have since the last call; nil when the task is cancelled.
    package func next() async -> TouchedWorkspaces? {
        await activity.next(for: id)
    }

    /// Waits as ``next()`` does.
    package func next(isolation actor: isolated (any Actor)?) async -> TouchedWorkspaces? {
        await activity.next(for: id)
    }

    /// The subscription itself.
    package func makeAsyncIterator() -> LogActivitySubscription { self }
}
