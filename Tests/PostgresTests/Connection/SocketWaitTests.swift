import CLibpq
import Testing

@testable import Postgres

@Suite(.timeLimit(.minutes(10)))
struct SocketWaitTests {
    private let wakeup = Wakeup()
    private let other = Wakeup()

    private func wait(_ duration: Duration) -> SocketWait {
        SocketWait.wait(on: other.descriptor, events: Int16(POLLIN), wakeup: wakeup, until: .now + duration)
    }

    @Test func deadlineEndsTheWaitNotEarlier() {
        let clock = ContinuousClock()
        let start = clock.now
        guard case .deadlinePassed = wait(.milliseconds(30)) else {
            Issue.record("nothing else happens")
            return
        }
        #expect(clock.now - start >= .milliseconds(30))
    }

    @Test func passedDeadlineStillLooks() {
        guard case .deadlinePassed = wait(.seconds(-1)) else {
            Issue.record("nothing is ready")
            return
        }
        other.signal()
        guard case .ready(let events) = wait(.seconds(-1)) else {
            Issue.record("the socket is ready")
            return
        }
        #expect(events & Int16(POLLIN) != 0)
    }

    @Test func wakeupIsSeenOnce() {
        wakeup.signal()
        wakeup.signal()
        guard case .woken = wait(.seconds(10)) else {
            Issue.record("the wake-up must end the wait")
            return
        }
        guard case .deadlinePassed = wait(.milliseconds(1)) else {
            Issue.record("it was taken back")
            return
        }
    }

    @Test func resetTakesTheWakeupBack() {
        wakeup.signal()
        wakeup.reset()
        guard case .deadlinePassed = wait(.milliseconds(1)) else {
            Issue.record("it was taken back")
            return
        }
    }

    @Test func anotherTaskWakesTheWait() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [wakeup] in wakeup.signal() }
            guard case .woken = wait(.seconds(30)) else {
                Issue.record("the wake-up must end the wait")
                return
            }
        }
    }

    @Test func withoutASocketOnlyTheRestCounts() {
        let waited = SocketWait.wait(on: -1, events: 0, wakeup: wakeup, until: .now + .milliseconds(5))
        guard case .deadlinePassed = waited else {
            Issue.record("there is no socket")
            return
        }
    }
}
