import Locking

/// Tells whoever follows logs in this process that a log has grown.
///
/// News is coalesced: a subscriber gets the set of workspaces touched since it last asked, however often they were. So
/// nothing queues up and ``appended(_:)`` takes the same short time always. It is a hint, not a promise: a
/// subscriber also looks by itself now and then.
package final class LogActivity: Sendable {
    /// Where a growth was seen.
    package enum Origin: Sendable {
        /// In any process.
        case anywhere
        /// In this process only.
        case here
    }

    private struct Subscriber {
        let origin: Origin
        var touched = TouchedWorkspaces()
        var waiter: CheckedContinuation<TouchedWorkspaces?, Never>?

        /// Takes out the news there is, with the waiter to be woken with it.
        mutating func takeDelivery() -> Delivery? {
            guard !touched.isEmpty, let waiter else { return nil }
            let delivery = Delivery(waiter: waiter, touched: touched)
            self.waiter = nil
            touched = TouchedWorkspaces()
            return delivery
        }
    }

    private struct Delivery {
        let waiter: CheckedContinuation<TouchedWorkspaces?, Never>
        /// Nil ends the wait.
        let touched: TouchedWorkspaces?
    }

    private struct State {
        var subscribers: [Int: Subscriber] = [:]
        var lastID = 0
    }

    private let state = Locked(State())

    /// Creates an activity without subscribers.
    package init() {}

    /// Notes that this process has appended events to a log.
    package func appended(_ workspace: WorkspaceID) {
        note(TouchedWorkspaces([workspace]), from: .here)
    }

    /// Notes that logs have grown in other processes.
    package func noticed(_ touched: TouchedWorkspaces) {
        note(touched, from: .anywhere)
    }

    /// Follows the logs from now on, until the subscription is released.
    package func subscribe(to origin: Origin = .anywhere) -> LogActivitySubscription {
        let id = state.withLock { state in
            state.lastID += 1
            state.subscribers[state.lastID] = Subscriber(origin: origin)
            return state.lastID
        }
        return LogActivitySubscription(id: id, activity: self)
    }

    private func note(_ news: TouchedWorkspaces, from origin: Origin) {
        let deliveries = state.withLock { state -> [Delivery] in
            state.subscribers.keys.compactMap { id in
                if case .here = state.subscribers[id]?.origin, case .anywhere = origin { return nil }
                state.subscribers[id]?.touched.formUnion(news)
                return state.subscribers[id]?.takeDelivery()
            }
        }
        for delivery in deliveries { delivery.waiter.resume(returning: delivery.touched) }
    }

    fileprivate func next(for id: Int) async -> TouchedWorkspaces? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                let isCancelled = Task.isCancelled
                let delivery = state.withLock { state -> Delivery? in
                    guard !isCancelled, state.subscribers[id] != nil else {
                        return Delivery(waiter: waiter, touched: nil)
                    }
                    precondition(state.subscribers[id]?.waiter == nil, "next() was called twice at once")
                    state.subscribers[id]?.waiter = waiter
                    return state.subscribers[id]?.takeDelivery()
                }
                if let delivery { delivery.waiter.resume(returning: delivery.touched) }
            }
        } onCancel: {
            state.withLock { $0.subscribers[id]?.waiter.take() }?.resume(returning: nil)
        }
    }

    fileprivate func remove(_ id: Int) {
        _ = state.withLock { $0.subscribers.removeValue(forKey: id) != nil }
    }
}

/// One follower of ``LogActivity``; one task at a time may wait on it.
package final class LogActivitySubscription: Sendable {
    private let id: Int
    private let activity: LogActivity

    fileprivate init(id: Int, activity: LogActivity) {
        self.id = id
        self.activity = activity
    }

    deinit { activity.remove(id) }

    /// Waits until a log has grown and returns all that have since the last call; nil when the task is cancelled.
    package func next() async -> TouchedWorkspaces? {
        await activity.next(for: id)
    }
}
