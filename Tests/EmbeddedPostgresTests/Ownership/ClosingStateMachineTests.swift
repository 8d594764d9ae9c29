import Testing

@testable import EmbeddedPostgres

/// A model of processes that share a directory: the two locks, and whether the cluster runs.
private struct SharedDirectory {
    var lockHolder: Int?
    var sharers: Set<Int> = []
    var exclusiveHolder: Int?
    var isRunning = false

    mutating func tryShared(_ process: Int) -> Bool {
        guard exclusiveHolder == nil else { return false }
        sharers.insert(process)
        return true
    }

    mutating func tryExclusive(_ process: Int) -> Bool {
        sharers.remove(process)
        guard sharers.isEmpty, exclusiveHolder == nil || exclusiveHolder == process else { return false }
        exclusiveHolder = process
        return true
    }

    mutating func release(_ process: Int) {
        sharers.remove(process)
        if exclusiveHolder == process { exclusiveHolder = nil }
    }

    mutating func tryLock(_ process: Int) -> Bool {
        guard lockHolder == nil || lockHolder == process else { return false }
        lockHolder = process
        return true
    }
}

/// One process of the model: opens the directory, then leaves it, one system call at a step.
private struct ModelProcess: ~Copyable {
    enum Phase {
        case joining
        case opening
        case leaving
        case done
    }

    let id: Int
    var phase = Phase.joining
    var isProbing = false
    var succeeded = true
    var closing = ClosingStateMachine(ownsLock: false)

    init(id: Int) { self.id = id }

    /// Makes the next system call; returns false when it broke a rule.
    mutating func step(_ directory: inout SharedDirectory) -> Bool {
        switch phase {
        case .joining:
            if directory.tryShared(id) { phase = .opening }
        case .opening:
            if directory.tryLock(id) { directory.isRunning = true }
            guard directory.isRunning else { return true }
            closing = ClosingStateMachine(ownsLock: directory.lockHolder == id)
            phase = .leaving
        case .leaving:
            return leave(&directory)
        case .done:
            break
        }
        return true
    }

    private mutating func leave(_ directory: inout SharedDirectory) -> Bool {
        if isProbing {
            directory.release(id)
            isProbing = false
            return true
        }
        switch closing.next(succeeded) {
        case .releaseUse: directory.release(id)
        case .tryLock: succeeded = directory.tryLock(id)
        case .tryExclusiveUse: succeeded = directory.tryExclusive(id)
        case .stop:
            let isAlone = directory.sharers.isEmpty && directory.exclusiveHolder == id && directory.lockHolder == id
            directory.isRunning = false
            return isAlone
        case .releaseLock: directory.lockHolder = nil
        case .probeUse:
            succeeded = directory.tryExclusive(id)
            isProbing = true
        case .finish:
            directory.release(id)
            if directory.lockHolder == id { directory.lockHolder = nil }
            phase = .done
        }
        return true
    }
}

@Suite
struct ClosingStateMachineTests {
    @Test func ownerWithoutUsersStops() {
        var machine = ClosingStateMachine(ownsLock: true)
        #expect(machine.next(true) == .releaseUse)
        #expect(machine.next(true) == .tryExclusiveUse)
        #expect(machine.next(true) == .stop)
        #expect(machine.next(true) == .finish(stopped: true))
        #expect(machine.next(true) == .finish(stopped: true))
    }

    @Test func ownerWithUsersLeavesTheClusterToThem() {
        var machine = ClosingStateMachine(ownsLock: true)
        #expect(machine.next(true) == .releaseUse)
        #expect(machine.next(true) == .tryExclusiveUse)
        #expect(machine.next(false) == .releaseLock)
        #expect(machine.next(true) == .probeUse)
        #expect(machine.next(false) == .finish(stopped: false))
    }

    @Test func userLeavesTheStopToTheOwner() {
        var machine = ClosingStateMachine(ownsLock: false)
        #expect(machine.next(true) == .releaseUse)
        #expect(machine.next(true) == .tryLock)
        #expect(machine.next(false) == .finish(stopped: false))
    }

    @Test func lastUserWithoutAnOwnerStops() {
        var machine = ClosingStateMachine(ownsLock: false)
        #expect(machine.next(true) == .releaseUse)
        #expect(machine.next(true) == .tryLock)
        #expect(machine.next(true) == .tryExclusiveUse)
        #expect(machine.next(true) == .stop)
    }

    @Test func userThatLeftMeanwhileIsNoticed() {
        var machine = ClosingStateMachine(ownsLock: true)
        #expect(machine.next(true) == .releaseUse)
        #expect(machine.next(true) == .tryExclusiveUse)
        #expect(machine.next(false) == .releaseLock)
        #expect(machine.next(true) == .probeUse)
        #expect(machine.next(true) == .tryLock)
        #expect(machine.next(true) == .tryExclusiveUse)
        #expect(machine.next(true) == .stop)
    }

    @Test func roundsAreBounded() {
        var machine = ClosingStateMachine(ownsLock: true)
        var steps = 0
        var action = machine.next(true)
        while action != .finish(stopped: false) {
            action = machine.next(action != .tryExclusiveUse)
            steps += 1
        }
        #expect(steps < ClosingStateMachine.longestRounds * 5)
    }

    /// In any order of their system calls, nobody stops a cluster that is used, and the last one out stops it.
    @Test(arguments: [2, 3, 4])
    func clusterIsStoppedByTheLastOfAnySchedule(count: Int) {
        var generator = SplitMix(state: UInt64(count))
        for round in 0..<30_000 {
            var directory = SharedDirectory()
            let order = Array(0..<count)
            var processes = InlineProcesses(count: count)
            var steps = 0
            while !processes.areDone, steps < 5_000 {
                // Long bursts of one process are as telling as fair turns.
                let chosen = order[Int(generator.next() % UInt64(count))]
                for _ in 0...(generator.next() % 4) {
                    let isAllowed = processes.step(chosen, &directory)
                    #expect(isAllowed, "round \(round) stopped a cluster in use")
                    if !isAllowed { return }
                    steps += 1
                }
            }
            #expect(processes.areDone && !directory.isRunning, "round \(round) left the cluster running")
            if directory.isRunning { return }
        }
    }
}

/// Up to four processes, which an array cannot hold because they are not copyable.
private struct InlineProcesses: ~Copyable {
    private var first = ModelProcess(id: 0)
    private var second = ModelProcess(id: 1)
    private var third = ModelProcess(id: 2)
    private var fourth = ModelProcess(id: 3)
    private let count: Int

    init(count: Int) { self.count = count }

    var areDone: Bool {
        first.phase == .done && second.phase == .done
            && (count < 3 || third.phase == .done) && (count < 4 || fourth.phase == .done)
    }

    mutating func step(_ index: Int, _ directory: inout SharedDirectory) -> Bool {
        switch index {
        case 0: first.step(&directory)
        case 1: second.step(&directory)
        case 2: third.step(&directory)
        default: fourth.step(&directory)
        }
    }
}

/// A small generator with a fixed sequence.
struct SplitMix: RandomNumberGenerator, Sendable {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }
}
