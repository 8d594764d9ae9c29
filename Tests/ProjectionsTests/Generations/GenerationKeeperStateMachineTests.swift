import Testing

@testable import Projections

/// Which build takes over and which is dropped.
struct GenerationKeeperStateMachineTests {
    private static let now = ContinuousClock.now

    private static func generation(
        _ id: Int64,
        _ state: ProjectionGeneration.State,
        version: String = "a",
        retiredFor: Duration? = nil
    ) -> ProjectionGeneration {
        ProjectionGeneration(
            projection: .directory,
            id: GenerationID(rawValue: id),
            version: ProjectionVersion(rawValue: version),
            isBuiltIn: true,
            state: state,
            retiredFor: retiredFor,
            isAttended: false
        )
    }

    private static func progress(behind: Int64, stopped: Int64 = 0) -> BuildProgress {
        BuildProgress(
            eventsTotal: 100_000,
            eventsDone: 100_000 - behind,
            workspacesBehind: 1,
            workspacesStopped: stopped
        )
    }

    private func machine() -> KeeperDriver {
        KeeperDriver(GenerationKeeperStateMachine(swapLag: 5_000, rollbackWindow: .seconds(3_600)))
    }

    @Test(arguments: [
        (progress(behind: 5_000), true), (progress(behind: 5_001), false), (progress(behind: 0, stopped: 1), false),
    ])
    func buildTakesOverWhenItIsCloseAndSound(progress: BuildProgress, isReady: Bool) {
        let machine = machine()
        let build = Self.generation(2, .building)
        let actions = machine.actions(
            for: [Self.generation(1, .active), build],
            progress: [build.key: progress],
            now: Self.now
        )
        #expect(actions == (isReady ? [.swap(build.key)] : []))
    }

    @Test(arguments: [
        ("a", Duration.zero, true), ("b", .seconds(3_599), false), ("b", .seconds(3_600), true),
    ])
    func retiredIsDroppedAtOnceOrAfterTheWindow(version: String, retiredFor: Duration, isDropped: Bool) {
        let machine = machine()
        let retired = Self.generation(1, .retired, version: version, retiredFor: retiredFor)
        let actions = machine.actions(for: [retired, Self.generation(2, .active)], progress: [:], now: Self.now)
        #expect(actions == (isDropped ? [.drop(retired.key)] : []))
    }

    @Test func failureIsTriedAgainAfterAGrowingWait() {
        let machine = machine()
        let retired = Self.generation(1, .retired, retiredFor: .zero)
        let generations = [retired, Self.generation(2, .active)]
        var now = Self.now
        for delay in [5, 10, 20, 40, 80, 160, 300, 300] {
            machine.failed(retired.key, now: now)
            let early = machine.actions(for: generations, progress: [:], now: now + .seconds(delay) - .milliseconds(1))
            #expect(early.isEmpty)
            now += .seconds(delay)
            #expect(machine.actions(for: generations, progress: [:], now: now) == [.drop(retired.key)])
        }
        machine.succeeded(retired.key)
        machine.failed(retired.key, now: now)
        #expect(!machine.actions(for: generations, progress: [:], now: now + .seconds(5)).isEmpty)
    }
}
