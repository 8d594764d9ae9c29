import Testing

@testable import EventLog

struct SourceCacheStateMachineTests {
    typealias Machine = SourceCacheStateMachine<String, Int>

    private let start = ContinuousClock.now
    private let id = SourceID.sample(WorkspaceID(rawValue: 1))

    private func state(_ lookup: Machine.Lookup) -> String {
        switch lookup {
        case .found(let value): value
        case .absent: "absent"
        case .load: "load"
        case .wait: "wait"
        case .waitUntil(let instant): "wait \((instant - start) / .milliseconds(1))"
        case .refuse: "refuse"
        }
    }

    private func makeMachine(with value: String? = "a", limits: Machine.Limits = .init()) -> Machine {
        var machine = Machine(limits: limits)
        _ = machine.lookUp(id, now: start)
        _ = machine.finish(id, value, startedAt: start)
        return machine
    }

    @Test func demandedSourceIsReadAgainUnlessItWasReadSince() {
        var machine = makeMachine()
        verify(state(machine.lookUp(id, readSince: start, now: start + .seconds(1))) == "a")
        let moment = start + .milliseconds(900)
        verify(state(machine.lookUp(id, readSince: moment, now: start + .seconds(1))) == "load")
        verify(state(machine.lookUp(id, readSince: moment, now: start + .seconds(1))) == "wait")
        _ = machine.finish(id, "b", startedAt: start + .seconds(1))
        verify(state(machine.lookUp(id, readSince: moment, now: start + .seconds(1))) == "b")
        verify(state(machine.lookUp(id, readSince: start + .seconds(2), now: start + .seconds(2))) == "load")
    }

    @Test func demandsForASourceAreReadApart() {
        var machine = makeMachine()
        let now = start + .milliseconds(10)
        verify(state(machine.lookUp(id, readSince: now, now: now)) == "wait 50.0")
        verify(state(machine.lookUp(id, readSince: now, now: start + .milliseconds(50))) == "load")
    }

    @Test func demandIsRefusedAfterAReadThatFailed() {
        var machine = makeMachine()
        let now = start + .seconds(1)
        verify(state(machine.lookUp(id, readSince: now, now: now)) == "load")
        _ = machine.fail(id, now: now + .milliseconds(5))
        verify(state(machine.lookUp(id, readSince: now, now: now + .milliseconds(6))) == "refuse")
        verify(state(machine.lookUp(id, now: now + .milliseconds(6))) == "a")
        let soon = now + .milliseconds(7)
        verify(state(machine.lookUp(id, readSince: soon, now: soon)) == "wait 1055.0")
        let later = now + .milliseconds(55)
        verify(state(machine.lookUp(id, readSince: soon, now: later)) == "load")
        _ = machine.finish(id, "b", startedAt: later)
        verify(state(machine.lookUp(id, readSince: later, now: later)) == "b")
    }

    /// Whoever sends nonsense has the source read 20 times a second at most, also while each read fails.
    @Test(arguments: [true, false])
    func floodOfDemandsReadsSeldom(_ readsFail: Bool) {
        var machine = makeMachine()
        var loads = 0
        for millisecond in 100..<1100 {
            let now = start + .milliseconds(millisecond)
            for _ in 0..<3 where state(machine.lookUp(id, readSince: now, now: now)) == "load" {
                loads += 1
                if readsFail {
                    _ = machine.fail(id, now: now)
                } else {
                    _ = machine.finish(id, "a", startedAt: now)
                }
            }
        }
        verify((18...20).contains(loads))
    }

    @Test func absenceIsARead() {
        var machine = makeMachine(with: nil)
        verify(state(machine.lookUp(id, readSince: start, now: start + .milliseconds(10))) == "absent")
        let now = start + .milliseconds(10)
        verify(state(machine.lookUp(id, readSince: now, now: now)) == "wait 50.0")
        verify(state(machine.lookUp(id, readSince: now, now: start + .milliseconds(50))) == "load")
    }

    @Test func demandsLeaveRoomForOtherLookups() {
        var machine = makeMachine(limits: .init(waiterCount: 2, demandWaiterCount: 1))
        let now = start + .seconds(1)
        verify(state(machine.lookUp(id, readSince: now, now: now)) == "load")
        verify(machine.wait(for: id, ticket: 1, waiter: 1))
        verify(state(machine.lookUp(id, readSince: now, now: now)) == "refuse")
        let other = SourceID.sample(WorkspaceID(rawValue: 2))
        verify(state(machine.lookUp(other, now: now)) == "load")
        verify(state(machine.lookUp(other, now: now)) == "wait")
    }

    /// A rotation commits, a demanded read sees it, and only then the answer of a sweep arrives that began before.
    @Test func slowSweepDoesNotUndoANewerRead() {
        var machine = makeMachine(with: "old")
        verify(machine.takeUsed() == [id])
        let swept = start + .milliseconds(100)
        machine.invalidate(id, now: start + .milliseconds(110))
        let now = start + .milliseconds(120)
        verify(state(machine.lookUp(id, readSince: now, now: now)) == "load")
        _ = machine.finish(id, "new", startedAt: now)
        machine.refresh(id, "old", startedAt: swept)
        verify(state(machine.lookUp(id, now: now)) == "new")
        machine.refresh(id, nil, startedAt: swept)
        verify(state(machine.lookUp(id, now: now)) == "new")
    }

    @Test func loadedSourceIsFreshForTwoSeconds() {
        var machine = makeMachine()
        verify(state(machine.lookUp(id, now: start + .milliseconds(1999))) == "a")
        verify(state(machine.lookUp(id, now: start + .seconds(2))) == "load")
    }

    @Test func absenceIsRememberedForASecondAtMost() {
        var machine = makeMachine(with: nil)
        verify(state(machine.lookUp(id, now: start + .milliseconds(999))) == "absent")
        verify(state(machine.lookUp(id, now: start + .seconds(1))) == "load")
    }

    @Test func lookupsAtOnceAreOneLoad() {
        var machine = Machine()
        verify(state(machine.lookUp(id, now: start)) == "load")
        verify(state(machine.lookUp(id, now: start)) == "wait")
        verify(machine.wait(for: id, ticket: 1, waiter: 11))
        verify(machine.wait(for: id, ticket: 2, waiter: 22))
        verify(machine.abandon(id, ticket: 1) == 11)
        verify(machine.abandon(id, ticket: 1) == nil)
        verify(machine.finish(id, "a", startedAt: start) == [22])
        verify(!machine.wait(for: id, ticket: 3, waiter: 33))
        verify(state(machine.lookUp(id, now: start)) == "a")
    }

    @Test func randomIdentifiersDoNotFillTheMemory() {
        var machine = Machine()
        for number in 1...5000 {
            let id = SourceID.sample(WorkspaceID(rawValue: 1), Int64(number))
            verify(state(machine.lookUp(id, now: start)) == "load")
            _ = machine.finish(id, nil, startedAt: start)
        }
        verify(machine.absentOrder.count == 1000)
        verify(state(machine.lookUp(.sample(WorkspaceID(rawValue: 1), 5000), now: start)) == "absent")
        verify(state(machine.lookUp(.sample(WorkspaceID(rawValue: 1), 1), now: start)) == "load")
    }

    @Test func knownSourcesAreBounded() {
        var machine = Machine(limits: .init(knownCount: 10))
        for number in 1...100 {
            let id = SourceID.sample(WorkspaceID(rawValue: 1), Int64(number))
            _ = machine.lookUp(id, now: start)
            _ = machine.finish(id, "a", startedAt: start)
        }
        verify(machine.known.count == 10)
    }

    @Test func loadsAndWaitersAreBounded() {
        var machine = Machine(limits: .init(loadCount: 1, waiterCount: 1))
        _ = machine.lookUp(id, now: start)
        verify(state(machine.lookUp(.sample(WorkspaceID(rawValue: 2)), now: start)) == "refuse")
        verify(machine.wait(for: id, ticket: 1, waiter: 1))
        verify(state(machine.lookUp(id, now: start)) == "refuse")
    }

    @Test func changeCountsAtOnce() {
        var machine = makeMachine()
        machine.invalidate(id, now: start + .milliseconds(10))
        verify(state(machine.lookUp(id, now: start + .milliseconds(10))) == "load")
    }

    @Test func newSourceCountsAtOnce() {
        var machine = makeMachine(with: nil)
        machine.invalidate(id, now: start)
        verify(state(machine.lookUp(id, now: start)) == "load")
    }

    @Test func loadOvertakenByAChangeIsNotTrusted() {
        var machine = Machine()
        _ = machine.lookUp(id, now: start)
        machine.invalidate(id, now: start + .milliseconds(1))
        _ = machine.finish(id, "old", startedAt: start)
        verify(state(machine.lookUp(id, now: start + .milliseconds(2))) == "load")
    }

    @Test func sweepOvertakenByAChangeIsNotTrusted() {
        var machine = makeMachine()
        verify(machine.takeUsed() == [id])
        machine.invalidate(id, now: start + .milliseconds(10))
        machine.refresh(id, "old", startedAt: start + .milliseconds(5))
        verify(state(machine.lookUp(id, now: start + .milliseconds(20))) == "load")
    }

    @Test func sweepKeepsUsedSourcesFresh() {
        var machine = makeMachine()
        _ = machine.takeUsed()
        machine.refresh(id, "b", startedAt: start + .seconds(1))
        verify(machine.takeUsed().isEmpty)
        verify(state(machine.lookUp(id, now: start + .milliseconds(2900))) == "b")
        verify(machine.takeUsed() == [id])
        machine.refresh(id, nil, startedAt: start + .seconds(2))
        verify(state(machine.lookUp(id, now: start + .milliseconds(2500))) == "absent")
    }

    @Test func knownSourceOutlivesTheDatabase() {
        var machine = makeMachine()
        let later = start + .seconds(10)
        verify(state(machine.lookUp(id, now: later)) == "load")
        let (known, waiters) = machine.fail(id, now: later)
        verify(known == "a")
        verify(waiters.isEmpty)
        verify(state(machine.lookUp(id, now: later + .milliseconds(500))) == "a")
        verify(state(machine.lookUp(id, now: later + .seconds(1))) == "load")
    }

    @Test func unknownSourceDoesNotSurviveAFailure() {
        var machine = Machine()
        _ = machine.lookUp(id, now: start)
        _ = machine.wait(for: id, ticket: 1, waiter: 11)
        let (known, waiters) = machine.fail(id, now: start)
        verify(known == nil)
        verify(waiters == [11])
        verify(state(machine.lookUp(id, now: start)) == "load")
    }

    @Test func lostNotificationsInvalidateEverything() {
        var machine = makeMachine()
        let other = SourceID.sample(WorkspaceID(rawValue: 9))
        _ = machine.lookUp(other, now: start)
        _ = machine.finish(other, nil, startedAt: start)
        machine.invalidateAll(now: start)
        verify(state(machine.lookUp(id, now: start)) == "load")
        verify(state(machine.lookUp(other, now: start)) == "load")
        verify(machine.absentOrder.count == 0)
    }
}
