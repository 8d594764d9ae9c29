import EventLog
import Testing

@testable import Fetching

struct FetchScheduleStateMachineTests {
    private static let now = ContinuousClock.now
    private static let plan = FetchJob.plan(WorkspaceID(rawValue: 1))

    private static func fetch(_ number: Int64) -> FetchJob {
        .fetch(SourceID(workspace: WorkspaceID(rawValue: 1), number: number))
    }

    private static func machine(jobLimit: Int = 100) -> FetchScheduleStateMachine {
        var configuration = FetchConfiguration()
        configuration.concurrency = 3
        configuration.sourceConcurrency = 2
        configuration.planConcurrency = 1
        return FetchScheduleStateMachine(configuration, jobLimit: jobLimit)
    }

    private static func started(_ machine: inout FetchScheduleStateMachine) -> [FetchJob] {
        var jobs: [FetchJob] = []
        while let job = machine.next() { jobs.append(job) }
        return jobs
    }

    @Test func wokenJobRunsOnce() {
        var machine = Self.machine()
        machine.wake(Self.plan)
        machine.wake(Self.plan)
        let jobs = Self.started(&machine)
        #expect(jobs == [Self.plan])
    }

    @Test func jobWokenWhileItRunsRunsAgainAfterwards() {
        var machine = Self.machine()
        machine.wake(Self.plan)
        _ = machine.next()
        machine.wake(Self.plan)
        let during = Self.started(&machine)
        #expect(during.isEmpty)
        machine.finish(Self.plan, again: nil, now: Self.now)
        let after = Self.started(&machine)
        #expect(after == [Self.plan])
    }

    @Test func severalObjectsOfASourceAreFetchedUpToItsLimit() {
        var machine = Self.machine()
        for _ in 0..<3 {
            machine.wake(Self.fetch(1))
            let jobs = Self.started(&machine)
            #expect(jobs.count <= 1)
        }
        let running = machine.runningCount
        #expect(running == 2)
        machine.finish(Self.fetch(1), again: nil, now: Self.now)
        let next = machine.next()
        #expect(next == Self.fetch(1))
    }

    @Test func allSourcesTogetherAreBoundedAndTakeTurns() {
        var machine = Self.machine()
        for number in 1...5 { machine.wake(Self.fetch(Int64(number))) }
        machine.wake(Self.plan)
        let jobs = Self.started(&machine)
        #expect(jobs == [Self.fetch(1), Self.fetch(2), Self.fetch(3), Self.plan])
        machine.finish(Self.fetch(2), again: Self.now, now: Self.now)
        let next = Self.started(&machine)
        #expect(next == [Self.fetch(4)])
    }

    @Test func jobWaitsForItsTime() {
        var machine = Self.machine()
        machine.wake(Self.plan, at: Self.now + .seconds(2), now: Self.now)
        machine.wake(Self.plan, at: Self.now + .seconds(1), now: Self.now)
        machine.wake(Self.plan, at: Self.now + .seconds(3), now: Self.now)
        let early = machine.next()
        #expect(early == nil)
        let (armed, again) = (machine.armTimer(), machine.armTimer())
        #expect(armed == Self.now + .seconds(1))
        #expect(again == nil)
        machine.releaseDue(now: Self.now + .seconds(1))
        let due = machine.next()
        #expect(due == Self.plan)
    }

    @Test func earlierTimeArmsTheTimerAnew() {
        var machine = Self.machine()
        machine.wake(Self.fetch(1), at: Self.now + .seconds(5), now: Self.now)
        let first = machine.armTimer()
        machine.wake(Self.fetch(2), at: Self.now + .seconds(2), now: Self.now)
        let second = machine.armTimer()
        #expect(first == Self.now + .seconds(5))
        #expect(second == Self.now + .seconds(2))
        machine.releaseDue(now: Self.now + .seconds(2))
        let (due, third) = (machine.next(), machine.armTimer())
        #expect(due == Self.fetch(2))
        #expect(third == nil, "the timer for the later time still runs")
        machine.releaseDue(now: Self.now + .seconds(5))
        let last = machine.next()
        #expect(last == Self.fetch(1))
    }

    @Test func farTimeHasOneTimerHoweverOftenNearerOnesCome() {
        var machine = Self.machine()
        let far = Self.now + .seconds(300)
        machine.wake(Self.fetch(1), at: far, now: Self.now)
        var timers: [ContinuousClock.Instant] = []
        var now = Self.now
        for _ in 0..<1000 {
            if let timer = machine.armTimer() { timers.append(timer) }
            machine.wake(Self.plan, at: now + .milliseconds(20), now: now)
            if let timer = machine.armTimer() { timers.append(timer) }
            now += .milliseconds(20)
            machine.releaseDue(now: now)
            let job = machine.next()
            #expect(job == Self.plan)
            machine.finish(Self.plan, again: nil, now: now)
        }
        #expect(timers.count { $0 == far } == 1)
        #expect(timers.count == 1001)
    }

    @Test func wakeWithoutATimeOverridesADelay() {
        var machine = Self.machine()
        machine.wake(Self.plan, at: Self.now + .seconds(60), now: Self.now)
        machine.wake(Self.plan)
        let jobs = Self.started(&machine)
        #expect(jobs == [Self.plan])
        let armed = machine.armTimer()
        #expect(armed == nil)
    }

    @Test func finishedJobComesAgainWhenToldSo() {
        var machine = Self.machine()
        machine.wake(Self.plan)
        _ = machine.next()
        machine.finish(Self.plan, again: Self.now + .seconds(1), now: Self.now)
        let (early, armed) = (machine.next(), machine.armTimer())
        #expect(early == nil)
        #expect(armed == Self.now + .seconds(1))
    }

    @Test func moreJobsThanTheLimitAreForgotten() {
        var machine = Self.machine(jobLimit: 2)
        for number in 1...5 { machine.wake(Self.fetch(Int64(number))) }
        machine.wake(Self.fetch(9), at: Self.now + .seconds(1), now: Self.now)
        let waiting = machine.waitingCount
        #expect(waiting == 2)
    }

    @Test func stoppedMachineStartsNothing() {
        var machine = Self.machine()
        machine.wake(Self.plan)
        machine.wake(Self.fetch(1))
        _ = machine.next()
        machine.stop()
        machine.wake(Self.fetch(2))
        machine.finish(Self.plan, again: Self.now, now: Self.now)
        let (next, armed, running) = (machine.next(), machine.armTimer(), machine.runningCount)
        #expect(next == nil)
        #expect(armed == nil)
        #expect(running == 0)
    }
}
