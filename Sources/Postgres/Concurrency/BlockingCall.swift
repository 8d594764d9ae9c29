import Foundation
import Locking

/// A call that blocks, on a short-lived thread of its own; whoever waits may leave before it is done.
final class BlockingCall<Outcome: Sendable>: Sendable {
    private let state = Locked<Outcome?>(nil)

    /// Starts the call, and signals `wakeup` once it is done.
    init(signalling wakeup: Wakeup, _ body: @escaping @Sendable () -> Outcome) {
        Thread {
            let outcome = body()
            self.state.withLock { $0 = outcome }
            wakeup.signal()
        }.start()
    }

    /// What came of it; nil while it is under way.
    var outcome: Outcome? { state.withLock { $0 } }
}
