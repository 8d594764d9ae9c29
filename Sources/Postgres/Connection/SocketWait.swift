import CLibpq
import Foundation

/// What ended a wait.
enum SocketWait: Equatable {
    /// The socket has these `poll` events.
    case ready(Int16)
    /// Another thread signalled.
    case woken
    case deadlinePassed

    /// Blocks the thread until a socket event, a wake-up or the deadline; a socket of -1 is not watched.
    static func wait(on socket: Int32, events: Int16, wakeup: Wakeup, until deadline: ContinuousClock.Instant?) -> Self
    {
        while true {
            let milliseconds = deadline.map { timeout(until: $0) } ?? -1
            var descriptors = [
                pollfd(fd: socket, events: events, revents: 0),
                pollfd(fd: wakeup.descriptor, events: Int16(POLLIN), revents: 0),
            ]
            let count = poll(&descriptors, 2, milliseconds)
            if count < 0, errno == EINTR { continue }
            if descriptors[1].revents != 0 {
                wakeup.reset()
                return .woken
            }
            if descriptors[0].revents != 0 { return .ready(descriptors[0].revents) }
            if let deadline, deadline <= .now { return .deadlinePassed }
        }
    }

    /// Milliseconds for `poll`, rounded up so that a wait never ends early.
    private static func timeout(until deadline: ContinuousClock.Instant) -> Int32 {
        let (seconds, attoseconds) = ContinuousClock.now.duration(to: deadline).components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        guard seconds < 1_000_000 else { return 1_000_000_000 }
        return Int32(seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
