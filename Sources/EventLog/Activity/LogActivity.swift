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

        /// Notes news; returns the waiter to be woken with it.
        mutating func note(_ news: TouchedWorkspaces) -> Delivery? {
            touched.formUnion(news)
            return takeDelivery()
        }

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
        let touched: TouchedWorkspaces
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
            var deliveries: [Delivery] = []
            for id in state.subscribers.keys {
                if case .here = state.subscribers[id]?.origin, case .anywhere = origin { continue }
                if let delivery = state.subscribers[id]?.note(news) { deliveries.append(delivery) }
            }
            return deliveries
        }
        for delivery in deliveries { delivery.waiter.resume(returning: delivery.touched) }
    }

    func next(for id: Int) async -> TouchedWorkspaces? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                let isCancelled = Task.isCancelled
                let (ended, delivery) = state.withLock { state -> (Bool, Delivery?) in
                    guard !isCancelled, state.subscribers[id] != nil else { return (true, nil) }
                    precondition(state.subscribers[id]?.waiter == nil, "next() was called twice at once")
                    state.subscribers[id]?.waiter = waiter
                    return (false, state.subscribers[id]?.takeDelivery())
                }
                if ended { waiter.resume(returning: nil) }
                if let delivery { delivery.waiter.resume(returning: delivery.touched) }
            }
        } onCancel: {
            cancelWait(of: id)
        }
    }

    private func cancelWait(of id: Int) {
        let waiter = state.withLock { state in
            let waiter = state.subscribers[id]?.waiter
            state.subscribers[id]?.waiter = nil
            return waiter
        }
        waiter?.resume(returning: nil)
    }

    func remove(_ id: Int) {
        _ = state.withLock { $0.subscribers.removeValue(forKey: id) != nil }
    }
}
