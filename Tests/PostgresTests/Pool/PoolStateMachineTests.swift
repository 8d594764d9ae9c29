import Testing

@testable import Postgres

@Suite struct PoolStateMachineTests {
    typealias Machine = PoolStateMachine<String, Int>

    private let start = ContinuousClock.now

    private func machine(size: Int = 2, waiterLimit: Int = 2) -> Machine {
        Machine(size: size, waiterLimit: waiterLimit, idleCheck: .seconds(30))
    }

    /// A machine of size 1 whose only connection is lent, with requests 2 and 3 waiting.
    private func crowdedMachine() -> Machine {
        var machine = machine(size: 1)
        _ = machine.lease(1, now: start)
        _ = machine.opened()
        _ = machine.lease(2, now: start)
        _ = machine.lease(3, now: start)
        return machine
    }

    @Test func firstLeaseOpens() {
        var machine = machine()
        guard case .grant(.open(notBefore: nil)) = machine.lease(1, now: start) else {
            Issue.record("the first request must open a connection")
            return
        }
        verify(machine.opening == 1)
        verify(machine.opened().isEmpty)
        verify(machine.leased == 1)
        verify(machine.opening == 0)
    }

    @Test func releasedConnectionIsLentAgain() {
        var machine = machine()
        _ = machine.lease(1, now: start)
        _ = machine.opened()
        let action = machine.release("a", reusable: true, now: start)
        #expect(action.closing == nil)
        verify(machine.idleCount == 1)
        guard case .grant(.lend("a")) = machine.lease(2, now: start + .seconds(30)) else {
            Issue.record("the idle connection must be lent without a check")
            return
        }
        verify(machine.idleCount == 0)
    }

    @Test func longIdleConnectionIsChecked() {
        var machine = machine()
        _ = machine.lease(1, now: start)
        _ = machine.opened()
        _ = machine.release("a", reusable: true, now: start)
        guard case .grant(.check("a")) = machine.lease(2, now: start + .seconds(31)) else {
            Issue.record("a connection idle for 31 s must be checked")
            return
        }
    }

    @Test func brokenConnectionMakesIdleOnesSuspect() {
        var machine = machine()
        for request in 1...2 {
            _ = machine.lease(request, now: start)
            _ = machine.opened()
        }
        _ = machine.release("a", reusable: true, now: start)
        let action = machine.release("b", reusable: false, now: start)
        #expect(action.closing == "b")
        guard case .grant(.check("a")) = machine.lease(3, now: start) else {
            Issue.record("its neighbour must be checked")
            return
        }
        guard case .open = machine.exchangeForOpening() else {
            Issue.record("a dead connection is replaced by its holder")
            return
        }
        verify(machine.leased == 0)
        verify(machine.opening == 1)
    }

    @Test func connectionsNeverExceedTheSize() {
        var machine = machine(size: 2, waiterLimit: 10)
        _ = machine.lease(1, now: start)
        _ = machine.lease(2, now: start)
        guard case .wait = machine.lease(3, now: start) else {
            Issue.record("the third request must wait")
            return
        }
        _ = machine.opened()
        verify(machine.leased + machine.opening == 2)
        verify(machine.waitingCount == 1)
    }

    @Test func waitersBeyondTheLimitAreRefused() {
        var machine = crowdedMachine()
        guard case .refuseExhausted = machine.lease(4, now: start) else {
            Issue.record("the queue is full")
            return
        }
        verify(machine.waitingCount == 2)
    }

    @Test func waitersAreServedInOrder() {
        var machine = crowdedMachine()
        let first = machine.release("a", reusable: true, now: start)
        verify(first.delivery?.request == 2)
        let second = machine.release("a", reusable: true, now: start)
        #expect(second.delivery?.request == 3)
        verify(machine.leased == 1)
    }

    @Test func waiterReplacesABrokenConnection() {
        var machine = crowdedMachine()
        let action = machine.release("a", reusable: false, now: start)
        #expect(action.closing == "a")
        #expect(action.delivery?.request == 2)
        guard case .open(notBefore: nil) = action.delivery?.grant else {
            Issue.record("the first waiter must open")
            return
        }
    }

    @Test func abandonedWaiterIsPassedOver() {
        var machine = crowdedMachine()
        verify(machine.abandon(2))
        verify(!machine.abandon(2))
        verify(machine.release("a", reusable: true, now: start).delivery?.request == 3)
        verify(!machine.abandon(3))
    }

    @Test func failedOpenerRetriesAfterABackoff() {
        var machine = machine()
        _ = machine.lease(1, now: start)
        guard case .retry(at: let retryAt) = machine.openFailed(1, now: start, jitter: 0) else {
            Issue.record("a lone opener keeps its part")
            return
        }
        #expect(retryAt == start + .milliseconds(50))
        verify(machine.isAway)
        guard case .retry(at: let next) = machine.openFailed(1, now: retryAt, jitter: 0) else {
            Issue.record("it keeps it again")
            return
        }
        #expect(next == retryAt + .milliseconds(100))
    }

    @Test func onlyOneOpensWhileTheDatabaseIsAway() {
        var machine = machine(size: 4, waiterLimit: 4)
        _ = machine.lease(1, now: start)
        _ = machine.lease(2, now: start)
        guard case .wait = machine.openFailed(1, now: start, jitter: 0) else {
            Issue.record("the first to fail waits for the other")
            return
        }
        guard case .retry = machine.openFailed(2, now: start, jitter: 0) else {
            Issue.record("the last opener retries")
            return
        }
        guard case .wait = machine.lease(3, now: start) else {
            Issue.record("newcomers wait")
            return
        }
        verify(machine.opening == 1)
        let deliveries = machine.opened()
        #expect(deliveries.map(\.request) == [1, 3])
        verify(!machine.isAway)
        verify(machine.opening == 2)
    }

    @Test func attemptsInFlightDoNotDoubleTheBackoff() {
        var machine = machine()
        let first = machine.noteOutage(now: start, jitter: 0)
        verify(machine.noteOutage(now: start + .milliseconds(10), jitter: 0) == first)
    }

    @Test func openersPartPassesToTheFirstWaiter() {
        var machine = machine(size: 1)
        _ = machine.lease(1, now: start)
        _ = machine.lease(2, now: start)
        _ = machine.openFailed(1, now: start, jitter: 0)
        let delivery = machine.stopOpening()
        #expect(delivery?.request == 2)
        guard case .open(notBefore: .some) = delivery?.grant else {
            Issue.record("the back-off goes on")
            return
        }
        verify(machine.opening == 1)
        verify(machine.stopOpening() == nil)
        verify(machine.opening == 0)
    }

    @Test func connectionReturnedDuringABackoffIsUsed() {
        var machine = machine(size: 2)
        _ = machine.lease(1, now: start)
        _ = machine.opened()
        _ = machine.lease(2, now: start)
        _ = machine.openFailed(2, now: start, jitter: 0)
        _ = machine.release("a", reusable: true, now: start)
        guard case .lend("a") = machine.resumeOpening(now: start) else {
            Issue.record("the opener must take the idle connection")
            return
        }
        verify(machine.opening == 0)
        verify(machine.leased == 1)
    }

    @Test func closeRefusesAndDrains() {
        var machine = crowdedMachine()
        let (closing, refused) = machine.close()
        #expect(closing.isEmpty)
        #expect(refused == [2, 3])
        verify(!machine.isDrained)
        guard case .refuseClosed = machine.lease(4, now: start) else {
            Issue.record("a closed pool lends nothing")
            return
        }
        verify(machine.release("a", reusable: true, now: start).closing == "a")
        verify(machine.isDrained)
    }

    @Test func closedPoolOpensForNobody() {
        var machine = machine(size: 1)
        _ = machine.lease(1, now: start)
        _ = machine.close()
        guard case .fail = machine.openFailed(1, now: start, jitter: 0) else {
            Issue.record("the opener must give up")
            return
        }
        verify(machine.stopOpening() == nil)
        verify(machine.isDrained)
    }
}
