import EventLog

@testable import Projections

/// A state machine that tests can ask within an expectation, which a value that is not copyable cannot be.
final class ProjectorDriver {
    private var machine: ProjectorStateMachine

    init(_ machine: consuming ProjectorStateMachine) { self.machine = machine }

    var workspaceCount: Int { machine.workspaceCount }
    var running: Int { machine.running }
    var generations: Int { machine.generations }

    func next() -> ProjectionStep? { machine.next() }
    func wake(_ workspace: WorkspaceID) { machine.wake(workspace) }
    func wake(_ workspace: WorkspaceID, _ key: GenerationKey) { machine.wake(workspace, key) }
    func setGenerations(_ generations: [ProjectionGeneration]) { machine.setGenerations(generations) }
    func armTimer() -> ContinuousClock.Instant? { machine.armTimer() }
    func releaseDue(now: ContinuousClock.Instant) { machine.releaseDue(now: now) }
    func requestFullWalk() { machine.requestFullWalk() }
    func takeFullWalkRequest() -> Bool { machine.takeFullWalkRequest() }
    func stop() { machine.stop() }

    func finish(_ step: ProjectionStep, _ report: StepReport, now: ContinuousClock.Instant) {
        machine.finish(step, report, now: now)
    }
}

/// The same for the keeper of generations.
final class KeeperDriver {
    private var machine: GenerationKeeperStateMachine

    init(_ machine: consuming GenerationKeeperStateMachine) { self.machine = machine }

    func failed(_ key: GenerationKey, now: ContinuousClock.Instant) { machine.failed(key, now: now) }
    func succeeded(_ key: GenerationKey) { machine.succeeded(key) }

    func actions(
        for generations: [ProjectionGeneration],
        progress: [GenerationKey: BuildProgress],
        now: ContinuousClock.Instant
    ) -> [GenerationKeeperStateMachine.Action] {
        machine.actions(for: generations, progress: progress, now: now)
    }
}

/// The same for the list of those who wait.
final class WaiterDriver {
    typealias List = WaiterList<String>

    private var list: List

    init(limit: Int) { list = List(limit: limit) }

    var count: Int { list.count }
    var keys: [List.Key] { list.keys }

    func reserve() -> Int { list.reserve() }
    func advanced(_ key: List.Key, to position: Position) -> [List.Delivery] { list.advanced(key, to: position) }
    func beginLook() -> Int { list.beginLook() }
    func saw(_ key: List.Key, _ sighting: List.Sighting) -> [List.Delivery] {
        list.saw(key, sighting, inLook: list.beginLook())
    }
    func saw(_ key: List.Key, _ sighting: List.Sighting, inLook lastID: Int) -> [List.Delivery] {
        list.saw(key, sighting, inLook: lastID)
    }
    func expire(now: ContinuousClock.Instant) -> [List.Delivery] { list.expire(now: now) }
    func cancel(_ id: Int) -> List.Delivery? { list.cancel(id) }
    func close() -> [List.Delivery] { list.close() }

    func add(
        _ id: Int,
        _ key: List.Key,
        position: Position,
        deadline: ContinuousClock.Instant,
        token: String
    ) -> WaiterAnswer? {
        list.add(id, key, position: position, deadline: deadline, token: token)
    }
}
