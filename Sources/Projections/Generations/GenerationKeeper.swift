import Logging
import Postgres

/// Has what builds add shown, builds take over when they have caught up, and superseded ones dropped; a build that a
/// command is at work on is left to it.
///
/// Any number of processes may do so at a time: the database lets one succeed, and the others see that it is done.
struct GenerationKeeper: Sendable {
    let pool: PostgresPool
    let swap: GenerationSwap
    let configuration: ProjectorConfiguration
    let logger: Logger
    let clock = ContinuousClock()

    /// Looks after the generations until the task is cancelled.
    func run() async {
        var machine = GenerationKeeperStateMachine(
            swapLag: configuration.swapLag,
            rollbackWindow: configuration.rollbackWindow
        )
        repeat {
            do throws(PostgresError) {
                for action in try await actions(&machine) { await perform(action, &machine) }
            } catch {
                logger.debug("generations could not be read", metadata: ["error.code": "\(error.code)"])
            }
        } while (try? await clock.sleep(for: configuration.sweepInterval)) != nil
    }

    /// Those that the configuration's scope includes.
    func generations() async throws(PostgresError) -> [ProjectionGeneration] {
        let result = try await pool.query(Queries.readGenerations, deadline: clock.now + .seconds(10))
        return try ProjectionGeneration.decode(result).filter(configuration.scope.includes)
    }

    private func actions(
        _ machine: inout GenerationKeeperStateMachine
    ) async throws(PostgresError) -> [GenerationKeeperStateMachine.Action] {
        let all = try await generations()
        for generation in all where generation.state == .building && generation.isBuiltIn {
            while try await swap.announce(generation.key) { continue }
        }
        let generations = all.filter { !$0.isAttended }
        var progress: [GenerationKey: BuildProgress] = [:]
        for generation in generations where generation.state == .building {
            progress[generation.key] = try await swap.progress(of: generation.key)
        }
        return machine.actions(for: generations, progress: progress, now: clock.now)
    }

    private func perform(
        _ action: GenerationKeeperStateMachine.Action,
        _ machine: inout GenerationKeeperStateMachine
    ) async {
        let (name, key) =
            switch action {
            case .swap(let key): ("swap", key)
            case .drop(let key): ("drop", key)
            }
        var metadata: Logger.Metadata = [
            "projection.name": "\(key.projection)", "projection.generation": "\(key.generation)",
        ]
        do throws(PostgresError) {
            let isDone =
                switch action {
                case .swap: try await swap.run(key)
                case .drop: try await swap.drop(key)
                }
            guard isDone else { return machine.failed(key, now: clock.now) }
            machine.succeeded(key)
            logger.debug("generation \(name) done", metadata: metadata)
        } catch {
            machine.failed(key, now: clock.now)
            metadata["error.code"] = "\(error.code)"
            logger.debug("generation \(name) failed", metadata: metadata)
        }
    }
}
