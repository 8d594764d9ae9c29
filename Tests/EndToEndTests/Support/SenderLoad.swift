import Foundation
import Synchronization

/// Senders that go on until they are told to finish, and remember what was acknowledged.
final class SenderLoad: Sendable {
    private struct State {
        var acknowledged: Set<String> = []
        var finished = false
    }

    private let lock = NSLock()
    private let state = Mutex(State())

    /// The ids of the events that were answered 202.
    var acknowledged: Set<String> { withState { $0.acknowledged } }

    /// Delivers event after event; an unanswered one is attempted again under the same id.
    func run(lane: Int, sender: SignedSender) async {
        var number = 0
        while !withState({ $0.finished }) {
            number += 1
            let body = SampleEvents.contact(number, series: "lane\(lane)")
            let deadline = ContinuousClock.now + .seconds(90)
            guard await sender.deliverUntilAccepted(body, deliveryID: "msg_\(lane)_\(number)", deadline: deadline)
            else {
                return
            }
            let id = "evt_lane\(lane)_\(number)"
            withState { _ = $0.acknowledged.insert(id) }
        }
    }

    /// Returns when `count` more events have been acknowledged.
    func waitForAcknowledgements(_ count: Int) async throws {
        let target = acknowledged.count + count
        while acknowledged.count < target {
            // The load runs against another process; its progress is what there is to look at.
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    /// Lets every sender end after the event in hand.
    func finish() {
        withState { $0.finished = true }
    }

    private func withState<Value: Sendable>(_ body: (inout sending State) -> sending Value) -> Value {
        lock.withLock { state.withLock(body) }
    }
}
