import CLibpq
import Foundation
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
        #expect(wait(.milliseconds(30)) == .deadlinePassed)
        #expect(clock.now - start >= .milliseconds(30))
    }

    @Test func passedDeadlineStillLooks() {
        #expect(wait(.seconds(-1)) == .deadlinePassed)
        other.signal()
        #expect(wait(.seconds(-1)) == .ready(Int16(POLLIN)))
    }

    @Test func wakeupIsSeenOnce() {
        wakeup.signal()
        wakeup.signal()
        #expect(wait(.seconds(10)) == .woken)
        #expect(wait(.milliseconds(1)) == .deadlinePassed)
    }

    @Test func resetTakesTheWakeupBack() {
        wakeup.signal()
        wakeup.reset()
        #expect(wait(.milliseconds(1)) == .deadlinePassed)
    }

    @Test func anotherThreadWakesTheWait() {
        // Not a task: this one holds its thread while it waits, and another may have none.
        Thread.detachNewThread { [wakeup] in wakeup.signal() }
        #expect(wait(.seconds(240)) == .woken)
    }

    @Test func withoutASocketOnlyTheRestCounts() {
        let waited = SocketWait.wait(on: -1, events: 0, wakeup: wakeup, until: .now + .milliseconds(5))
        #expect(waited == .deadlinePassed)
    }
}
