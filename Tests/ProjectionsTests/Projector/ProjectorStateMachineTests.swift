import EventLog
import PostgresTesting
import Seeding
import Testing

@testable import Projections

/// Which workspace is stepped next.
struct ProjectorStateMachineTests {
    private static let now = ContinuousClock.now
    private static let live = generation(1, .active)
    private static let build = generation(2, .building)

    private static func generation(_ id: Int64, _ state: ProjectionGeneration.State) -> ProjectionGeneration {
        ProjectionGeneration(
            projection: .directory,
            id: GenerationID(rawValue: id),
            version: ProjectionVersion(rawValue: "v"),
            isBuiltIn: true,
            state: state,
            retiredFor: nil,
            isAttended: false
        )
    }

    private func machine(
        concurrency: Int = 4,
        _ generations: [ProjectionGeneration] = [live]
    ) -> ProjectorDriver {
        let machine = ProjectorDriver(ProjectorStateMachine(concurrency: concurrency))
        machine.setGenerations(generations)
        return machine
    }

    private static func workspace(_ number: Int64) -> WorkspaceID { WorkspaceID(rawValue: number) }

    private static func folded(events: Int64 = 500, more: Bool) -> StepReport {
        var report = StepReport(.folded, hasMore: more)
        report.events = events
        report.elapsed = .milliseconds(1)
        return report
    }

    @Test func wokenWorkspaceIsSteppedOnceAndForgotten() throws {
        let machine = machine()
        machine.wake(Self.workspace(1))
        machine.wake(Self.workspace(1))
        let step = try #require(machine.next())
        #expect(step.maxEvents == 500)
        #expect(step.maxBytes == 16 << 20)
        #expect(machine.next() == nil)
        machine.finish(step, Self.folded(more: false), now: Self.now)
        #expect(machine.next() == nil)
        #expect(machine.workspaceCount == 0)
    }

    @Test func wakeDuringAStepCausesAnother() throws {
        let machine = machine()
        machine.wake(Self.workspace(1))
        let step = try #require(machine.next())
        machine.wake(Self.workspace(1))
        #expect(machine.next() == nil)
        machine.finish(step, StepReport(.caughtUp), now: Self.now)
        #expect(machine.next()?.workspace == Self.workspace(1))
    }

    @Test func oneStepPerWorkspaceAndABoundInAll() {
        let machine = machine(concurrency: 2, [Self.live, Self.generation(3, .retired)])
        for number in 1...3 { machine.wake(Self.workspace(Int64(number))) }
        #expect(machine.next()?.workspace == Self.workspace(1))
        #expect(machine.next()?.workspace == Self.workspace(2))
        #expect(machine.next() == nil)
        #expect(machine.running == 2)
    }

    @Test func longBacklogTakesTurnsWithOthers() throws {
        let machine = machine(concurrency: 1)
        machine.wake(Self.workspace(1))
        let first = try #require(machine.next())
        machine.wake(Self.workspace(2))
        machine.finish(first, Self.folded(more: true), now: Self.now)
        let second = try #require(machine.next())
        #expect(second.workspace == Self.workspace(2))
        machine.finish(second, Self.folded(more: false), now: Self.now)
        #expect(machine.next()?.workspace == Self.workspace(1))
    }

    @Test func pagesGrowWhileTheyAreFast() throws {
        let machine = machine()
        machine.wake(Self.workspace(1))
        var sizes: [Int32] = []
        for _ in 0..<9 {
            let step = try #require(machine.next())
            sizes.append(step.maxEvents)
            machine.finish(step, Self.folded(more: true), now: Self.now)
        }
        #expect(sizes == [500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 50_000, 50_000])
    }

    @Test(arguments: [true, false]) func workspaceRestsAfterASmallPage(more: Bool) throws {
        let machine = machine()
        machine.wake(Self.workspace(1))
        machine.finish(try #require(machine.next()), Self.folded(events: 3, more: more), now: Self.now)
        machine.wake(Self.workspace(1))
        #expect(machine.next() == nil)
        let due = try #require(machine.armTimer())
        #expect(due == Self.now + .milliseconds(20))
        machine.releaseDue(now: due - .microseconds(1))
        #expect(machine.next() == nil)
        machine.releaseDue(now: due)
        #expect(machine.next()?.workspace == Self.workspace(1))
    }

    @Test func restingWorkspaceWithNothingToDoIsForgotten() throws {
        let machine = machine()
        machine.wake(Self.workspace(1))
        machine.finish(try #require(machine.next()), Self.folded(events: 1, more: false), now: Self.now)
        #expect(machine.workspaceCount == 1)
        machine.releaseDue(now: try #require(machine.armTimer()))
        #expect(machine.workspaceCount == 0)
        #expect(machine.armTimer() == nil)
    }

    @Test func noGenerationWaitsForTheRestOfAnother() throws {
        let other = Self.generation(3, .retired)
        let machine = machine([Self.live, other])
        machine.wake(Self.workspace(1))
        let first = try #require(machine.next())
        machine.finish(first, Self.folded(events: 1, more: true), now: Self.now)
        let second = try #require(machine.next())
        #expect(first.key != second.key)
        machine.finish(second, Self.folded(events: 1, more: true), now: Self.now)
        #expect(machine.next() == nil)
        machine.releaseDue(now: try #require(machine.armTimer()))
        #expect(machine.next()?.key == first.key)
    }

    @Test func earlierReleaseIsNotKeptWaitingByALaterOne() throws {
        let machine = machine()
        var now = Self.now
        machine.wake(Self.workspace(1))
        for _ in 0..<3 {
            machine.finish(try #require(machine.next()), StepReport(.busy), now: now)
            now = try #require(machine.armTimer())
            machine.releaseDue(now: now)
        }
        machine.finish(try #require(machine.next()), StepReport(.busy), now: now)
        let late = try #require(machine.armTimer())
        machine.wake(Self.workspace(2))
        machine.finish(try #require(machine.next()), Self.folded(events: 1, more: true), now: now)
        let early = try #require(machine.armTimer())
        #expect(early < late)
        machine.releaseDue(now: early)
        #expect(machine.next()?.workspace == Self.workspace(2))
        #expect(machine.armTimer() == nil, "the timer for the later time still runs")
        machine.releaseDue(now: late)
        #expect(machine.next()?.workspace == Self.workspace(1))
    }

    @Test func laterTimeHasOneTimerHoweverOftenEarlierOnesCome() throws {
        let machine = machine()
        var now = Self.now
        machine.wake(Self.workspace(1))
        for _ in 0..<4 {
            machine.finish(try #require(machine.next()), StepReport(.busy), now: now)
            now = try #require(machine.armTimer())
            machine.releaseDue(now: now)
        }
        machine.finish(try #require(machine.next()), StepReport(.busy), now: now)
        let late = try #require(machine.armTimer())
        var timers: [ContinuousClock.Instant] = []
        for number in 2..<100 {
            machine.wake(Self.workspace(Int64(number)))
            machine.finish(try #require(machine.next()), Self.folded(events: 1, more: false), now: now)
            if let timer = machine.armTimer() { timers.append(timer) }
            now += .milliseconds(2)
            machine.releaseDue(now: now)
            if let timer = machine.armTimer() { timers.append(timer) }
        }
        #expect(timers.count { $0 == late } == 0)
        #expect(Set(timers).count == timers.count, "a time has two timers")
    }

    @Test(arguments: [StepReport.Outcome.busy, .paused])
    func busyCheckpointIsTriedAgainALittleLaterAndNotForEver(outcome: StepReport.Outcome) throws {
        let machine = machine()
        machine.wake(Self.workspace(1))
        var now = Self.now
        var attempts = 0
        while let step = machine.next() {
            attempts += 1
            machine.finish(step, StepReport(outcome), now: now)
            #expect(machine.next() == nil)
            guard let due = machine.armTimer() else { break }
            #expect(machine.armTimer() == nil)
            #expect(due > now)
            now = due
            machine.releaseDue(now: now)
        }
        #expect(attempts == 7)
        #expect(machine.workspaceCount == 0)
    }

    @Test func buildsLeaveRoomForTheLive() throws {
        let machine = machine(concurrency: 4, [Self.live, Self.build])
        for number in 1...3 { machine.wake(Self.workspace(Int64(number)), Self.build.key) }
        let step = try #require(machine.next())
        #expect(step.state == .building)
        #expect(machine.next() == nil)
        machine.wake(Self.workspace(3), Self.live.key)
        #expect(machine.next()?.state == .active)
        machine.finish(step, Self.folded(more: false), now: Self.now)
        #expect(machine.next()?.state == .building)
    }

    @Test(arguments: [StepReport.Outcome.stopped, .waiting, .unavailable, .cancelled, .caughtUp])
    func failedStepIsLeftToTheSweep(outcome: StepReport.Outcome) throws {
        let machine = machine()
        machine.wake(Self.workspace(1))
        let step = try #require(machine.next())
        machine.finish(step, StepReport(outcome, hasMore: true), now: Self.now)
        #expect(machine.next() == nil)
        #expect(machine.armTimer() == nil)
    }

    @Test func generationThatIsGoneIsNoLongerStepped() throws {
        let machine = machine(concurrency: 4, [Self.live, Self.build])
        machine.wake(Self.workspace(1), Self.build.key)
        machine.finish(try #require(machine.next()), StepReport(.gone), now: Self.now)
        #expect(machine.generations == 1)
        machine.wake(Self.workspace(1), Self.build.key)
        #expect(machine.next() == nil)
        machine.wake(Self.workspace(2), Self.live.key)
        machine.setGenerations([])
        #expect(machine.next() == nil)
        #expect(machine.workspaceCount == 0)
    }

    @Test func stoppedMachineStartsNothing() throws {
        let machine = machine()
        machine.wake(Self.workspace(1))
        machine.wake(Self.workspace(2))
        let step = try #require(machine.next())
        machine.stop()
        #expect(machine.next() == nil)
        machine.finish(step, Self.folded(more: true), now: Self.now)
        machine.wake(Self.workspace(3))
        #expect(machine.next() == nil)
        #expect(machine.running == 0)
    }

    @Test func memoryIsBounded() {
        let machine = ProjectorDriver(ProjectorStateMachine(concurrency: 1, workspaceLimit: 10))
        machine.setGenerations([Self.live])
        for number in 1...100 { machine.wake(Self.workspace(Int64(number))) }
        #expect(machine.workspaceCount == 10)
    }

    @Test func fullWalkIsAskedForOnce() {
        let machine = machine()
        #expect(machine.takeFullWalkRequest())
        #expect(!machine.takeFullWalkRequest())
        machine.requestFullWalk()
        #expect(machine.takeFullWalkRequest())
    }

    @Test func everyWorkspaceIsServedInRandomRuns() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<200 {
            let machine = machine(concurrency: Int.random(in: 1...4, using: &generator), [Self.live, Self.build])
            var backlog: [WorkspaceID: Int] = [:]
            for number in 1...6 { backlog[Self.workspace(Int64(number))] = Int.random(in: 1...5, using: &generator) }
            for workspace in backlog.keys { machine.wake(workspace) }
            var running: [ProjectionStep] = []
            var now = Self.now
            for _ in 0..<2_000 {
                while let step = machine.next() {
                    #expect(!running.contains { $0.workspace == step.workspace })
                    running.append(step)
                }
                if let due = machine.armTimer() {
                    now = max(now, due)
                    machine.releaseDue(now: now)
                }
                guard let index = running.indices.randomElement(using: &generator) else { continue }
                let step = running.remove(at: index)
                let isBusy = Int.random(in: 0..<5, using: &generator) == 0
                if step.state == .active, !isBusy { backlog[step.workspace, default: 0] -= 1 }
                let more = step.state == .active && (backlog[step.workspace] ?? 0) > 0
                let events = Int64.random(in: 1...1_000, using: &generator)
                machine.finish(step, isBusy ? StepReport(.busy) : Self.folded(events: events, more: more), now: now)
            }
            #expect(machine.workspaceCount == 0)
            #expect(backlog.values.allSatisfy { $0 <= 0 })
        }
    }
}
