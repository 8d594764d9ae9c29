import CLibpq
import Foundation
import Locking

/// A request to the server to cancel what a connection runs.
///
/// `PQcancel` blocks while it connects, so it has a short-lived thread of its own. The connection must not be used
/// again before the request is done: a late one would hit the next statement.
final class CancelRequest: Sendable {
    private let done = Locked(false)

    private init() {}

    /// Tells whether the server has received the request, or it failed.
    var isDone: Bool { done.withLock { $0 } }

    /// Starts the request and signals `wakeup` once it is done; returns nil when libpq has no memory.
    static func send(for handle: OpaquePointer, signalling wakeup: Wakeup) -> CancelRequest? {
        guard let cancel = PQgetCancel(handle) else { return nil }
        let address = UInt(bitPattern: cancel)
        let request = CancelRequest()
        Thread {
            perform(OpaquePointer(bitPattern: address))
            request.done.withLock { $0 = true }
            wakeup.signal()
        }.start()
        return request
    }

    private static func perform(_ cancel: OpaquePointer?) {
        var message = [CChar](repeating: 0, count: 256)
        _ = PQcancel(cancel, &message, Int32(message.count))
        PQfreeCancel(cancel)
    }
}
