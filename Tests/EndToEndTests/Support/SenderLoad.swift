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
    private let counts: AsyncStream<Int>
    private let counted: AsyncStream<Int>.Continuation

    private let answered: @Sendable (Int?) async -> Void

    /// - Parameter answered: Is told the status of each attempt, nil where there was no answer.
    init(answered: @escaping @Sendable (Int?) async -> Void = { _ in }) {
        self.answered = answered
        (counts, counted) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// The ids of the events that were answered 202.
    var acknowledged: Set<String> { withState { $0.acknowledged } }

    /// Whether the senders were told to end, or their task is cancelled: where a test fails, nobody tells them.
    var isFinished: Bool { Task.isCancelled || withState { $0.finished } }

    /// Delivers event after event; an unanswered one is attempted again under the same id.
    func run(lane: Int, sender: SignedSender) async {
        var number = 0
        while !isFinished {
            number += 1
            let body = SampleEvents.contact(number, series: "lane\(lane)")
            let deadline = ContinuousClock.now + .seconds(90)
            let deliveryID = "msg_\(lane)_\(number)"
            guard
                await sender.deliverUntilAccepted(body, deliveryID: deliveryID, deadline: deadline, answered: answered)
            else { return }
            let id = "evt_lane\(lane)_\(number)"
            // Within the lock, so that counts come in order and the newest is the greatest.
            withState { state in
                state.acknowledged.insert(id)
                _ = counted.yield(state.acknowledged.count)
            }
        }
    }

    /// Returns when `count` more events have been acknowledged; for one caller at a time.
    func waitForAcknowledgements(_ count: Int) async throws {
        let target = acknowledged.count + count
        for await count in counts where count >= target { return }
        try Task.checkCancellation()
    }

    /// Lets every sender end after the event in hand.
    func finish() {
        withState { $0.finished = true }
    }

    private func withState<Value: Sendable>(_ body: (inout sending State) -> sending Value) -> Value {
        lock.withLock { state.withLock(body) }
    }
}
