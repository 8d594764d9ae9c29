import EventLog
import Logging
import Postgres

/// Builds a projection anew from the log, beside the tables in use, and changes over.
///
/// Reads go on meanwhile. Running projectors leave the build to it. A rebuild that ends early, for whatever reason, leaves a
/// build that ``run(_:workspaces:progress:)`` goes on with and that running projectors take up within seconds;
/// ``cancel(_:)`` drops it. Named workspaces are rebuilt apart and their rows exchanged one workspace at a time, each in one
/// transaction.
package struct Rebuild: Sendable {
    private let pool: PostgresPool
    private let stepper: ProjectionStepper
    private let swap: GenerationSwap
    private let concurrency: Int
    private let clock = ContinuousClock()

    /// How long the build waits for locks that queries hold before it gives up.
    private static let patience = Duration.seconds(120)
    /// How long running projectors leave a build alone after the last sign of life, and how often one is given.
    private static let attendance = (lasts: 15.0, renewed: Duration.seconds(4))

    /// Creates a rebuild that folds so many workspaces at a time.
    package init(pool: PostgresPool, concurrency: Int = 2, pageTimeout: Duration = .seconds(600), logger: Logger) {
        self.pool = pool
        self.concurrency = concurrency
        stepper = ProjectionStepper(pool: pool, pageTimeout: pageTimeout, metrics: ProjectorMetrics(), logger: logger)
        swap = GenerationSwap(pool: pool, stepper: stepper, logger: logger)
    }

    /// Rebuilds a projection in all workspaces, or in those named, and returns when the new rows are in use.
    ///
    /// `progress` is called after each round of pages. Throws `unknownProjection`, `buildStopped` when a page cannot be
    /// folded (the build stays, to be gone on with), `buildGone` when it was cancelled elsewhere, `unavailable`.
    package func run(
        _ projection: ProjectionName,
        workspaces: [WorkspaceID]? = nil,
        progress: @Sendable (RebuildProgress) -> Void = { _ in }
    ) async throws(ProjectionError) {
        let key = try await start(projection, scratch: workspaces != nil)
        if let workspaces {
            try await rebuild(workspaces, key, progress)
        } else {
            try await attending(key) { () async throws(ProjectionError) in try await rebuildAll(key, progress) }
        }
    }

    /// Drops the build of a projection that is under way; false when there is none.
    package func cancel(_ projection: ProjectionName) async throws(ProjectionError) -> Bool {
        let deadline = clock.now + Self.patience
        while true {
            do throws(PostgresError) {
                let result = try await pool.query(
                    Queries.cancelRebuild,
                    [.text(projection.rawValue)],
                    deadline: clock.now + .seconds(30)
                )
                return try result.first?["result"] ?? false
            } catch  where error.code == .lockNotAvailable && clock.now < deadline {
                try await pause()
            } catch {
                throw ProjectionError(error, projection: projection)
            }
        }
    }

    private func start(_ projection: ProjectionName, scratch: Bool) async throws(ProjectionError) -> GenerationKey {
        let generation: GenerationID?
        do throws(PostgresError) {
            let result = try await pool.query(Queries.startRebuild, [.text(projection.rawValue), .bool(scratch)])
            generation = try result.first?["result"] ?? nil
        } catch {
            throw ProjectionError(error, projection: projection)
        }
        guard let generation else { throw ProjectionError(.unknownProjection, projection: projection) }
        return GenerationKey(projection: projection, generation: generation)
    }

    /// Has running projectors leave the build alone while the body runs.
    private func attending(
        _ key: GenerationKey,
        _ body: () async throws(ProjectionError) -> Void
    ) async throws(ProjectionError) {
        await attend(key, for: Self.attendance.lasts)
        let outcome = await withTaskGroup(of: Void.self) { group -> Result<Void, ProjectionError> in
            group.addTask {
                while (try? await clock.sleep(for: Self.attendance.renewed)) != nil {
                    await attend(key, for: Self.attendance.lasts)
                }
            }
            defer { group.cancelAll() }
            do throws(ProjectionError) {
                return .success(try await body())
            } catch {
                return .failure(error)
            }
        }
        await attend(key, for: 0)
        try outcome.get()
    }

    /// Only saves work, so a failure is nobody's concern.
    private func attend(_ key: GenerationKey, for seconds: Double) async {
        _ = try? await pool.query(
            Queries.attendBuild,
            key.parameters + [.float8(seconds)],
            deadline: clock.now + .seconds(5)
        )
    }

    private func rebuildAll(
        _ key: GenerationKey,
        _ report: @Sendable (RebuildProgress) -> Void
    ) async throws(ProjectionError) {
        var rate = RateEstimator()
        var (done, lastGrowth) = (Int64(-1), clock.now)
        while true {
            let behind = try await attempt(key) { () async throws(PostgresError) in try await swap.behind(key) }
            let current = try await progress(of: key, .folding, &rate)
            report(current)
            guard !behind.isEmpty else { break }
            if current.eventsDone > done { (done, lastGrowth) = (current.eventsDone, clock.now) }
            // A page may take its whole time-out; whoever is at work on it shows no progress until then.
            guard clock.now < lastGrowth + stepper.pageTimeout + Self.patience else {
                throw ProjectionError(.unavailable, projection: key.projection)
            }
            try await fold(behind, key)
        }
        let deadline = clock.now + Self.patience
        report(try await progress(of: key, .takingOver, &rate))
        while !(try await attempt(key) { () async throws(PostgresError) in try await swap.run(key) }) {
            guard clock.now < deadline else { throw ProjectionError(.unavailable, projection: key.projection) }
            try await pause()
        }
        report(try await progress(of: key, .done, &rate))
        try await dropRetired(key)
    }

    /// Steps each workspace once, a bounded number at a time.
    private func fold(_ workspaces: [WorkspaceID], _ key: GenerationKey) async throws(ProjectionError) {
        let outcomes = await withTaskGroup(of: StepReport.Outcome.self) { group in
            var outcomes: Set<StepReport.Outcome> = []
            for (index, workspace) in workspaces.enumerated() {
                if index >= concurrency, let outcome = await group.next() { outcomes.insert(outcome) }
                guard outcomes.isDisjoint(with: [.gone, .cancelled]) else { break }
                group.addTask { await stepper.take(.build(key, of: workspace, .rebuild)).outcome }
            }
            for await outcome in group { outcomes.insert(outcome) }
            return outcomes
        }
        if Task.isCancelled || outcomes.contains(.cancelled) { throw ProjectionError(.cancelled) }
        if outcomes.contains(.gone) { throw ProjectionError(.buildGone, projection: key.projection) }
        guard !outcomes.contains(.folded), !outcomes.contains(.halved) else { return }
        if !outcomes.isDisjoint(with: [.stopped, .waiting]) {
            throw ProjectionError(.buildStopped, projection: key.projection)
        }
        try await pause()
    }

    private func rebuild(
        _ workspaces: [WorkspaceID],
        _ key: GenerationKey,
        _ report: @Sendable (RebuildProgress) -> Void
    ) async throws(ProjectionError) {
        var rate = RateEstimator()
        var done: Int64 = 0
        func tell(_ phase: RebuildProgress.Phase) {
            report(RebuildProgress(phase: phase, eventsDone: done, eventsTotal: done, eventsPerSecond: rate.perSecond))
        }
        for workspace in workspaces {
            repeat {
                let step = await stepper.take(.build(key, of: workspace, .rebuild))
                try check(step.outcome, key)
                done += step.events
                rate.note(done, at: clock.now)
                tell(.folding)
                if step.hasMore { continue }
                let isSwapped = try await attempt(key) { () async throws(PostgresError) in
                    try await pool.query(
                        Queries.swapWorkspaceRows,
                        [.int8(workspace.rawValue)] + key.parameters,
                        deadline: clock.now + .seconds(600)
                    ).first?["result"] ?? false
                }
                if isSwapped { break }
                try await pause()
            } while true
        }
        try await dropScratch(key)
        tell(.done)
    }

    private func check(_ outcome: StepReport.Outcome, _ key: GenerationKey) throws(ProjectionError) {
        switch outcome {
        case .folded, .caughtUp, .halved, .busy, .paused: return
        case .stopped, .waiting: throw ProjectionError(.buildStopped, projection: key.projection)
        case .gone: throw ProjectionError(.buildGone, projection: key.projection)
        case .cancelled: throw ProjectionError(.cancelled)
        case .unavailable: throw ProjectionError(.unavailable, projection: key.projection)
        }
    }

    /// Drops a scratch build, unless another rebuild is at work in it.
    private func dropScratch(_ key: GenerationKey) async throws(ProjectionError) {
        let inUse = try await attempt(key) { () async throws(PostgresError) -> Int64 in
            try await pool.query(Queries.countGenerationCheckpoints, key.parameters).first?["workspaces"] ?? 0
        }
        guard inUse == 0 else { return }
        try await drop(key)
    }

    /// Drops the generations that the build has superseded, unless they are of another version.
    private func dropRetired(_ key: GenerationKey) async throws(ProjectionError) {
        let generations = try await attempt(key) { () async throws(PostgresError) in
            try ProjectionGeneration.decode(await pool.query(Queries.readGenerations))
                .filter { $0.projection == key.projection }
        }
        guard let active = generations.first(where: { $0.state == .active }) else { return }
        for generation in generations where generation.state == .retired && generation.version == active.version {
            try await drop(generation.key)
        }
    }

    private func drop(_ key: GenerationKey) async throws(ProjectionError) {
        let deadline = clock.now + Self.patience
        while !(try await attempt(key) { () async throws(PostgresError) in try await swap.drop(key) }),
            clock.now < deadline
        { try await pause() }
    }

    private func progress(
        of key: GenerationKey,
        _ phase: RebuildProgress.Phase,
        _ rate: inout RateEstimator
    ) async throws(ProjectionError) -> RebuildProgress {
        let built = try await attempt(key) { () async throws(PostgresError) in try await swap.progress(of: key) }
        rate.note(built.eventsDone, at: clock.now)
        return RebuildProgress(
            phase: phase,
            eventsDone: built.eventsDone,
            eventsTotal: built.eventsTotal,
            eventsPerSecond: rate.perSecond,
            remaining: rate.remaining(from: built.eventsDone, to: built.eventsTotal)
        )
    }

    private func attempt<Value>(
        _ key: GenerationKey,
        _ body: () async throws(PostgresError) -> Value
    ) async throws(ProjectionError) -> Value {
        do throws(PostgresError) {
            return try await body()
        } catch {
            throw ProjectionError(error, projection: key.projection)
        }
    }

    private func pause() async throws(ProjectionError) {
        guard (try? await clock.sleep(for: .milliseconds(100))) != nil else { throw ProjectionError(.cancelled) }
    }
}
