import EventLog
import Logging
import Postgres

/// Puts a build in the place of the active generation of its projection.
///
///     make indexes ▶ pause the active one ▶ settle its checkpoints ▶ step the build up to them ▶ activate
///
/// Each arrow is a statement of its own that touches one workspace or none, and each may be the last: the pause ends by
/// itself after ten seconds, indexes that exist are not made again, and the views and states change over in one
/// transaction. While it is paused, readers see the active generation stand still, never go back.
struct GenerationSwap: Sendable {
    let pool: PostgresPool
    let stepper: ProjectionStepper
    let logger: Logger
    let clock = ContinuousClock()

    /// Half of the server's pause is left to the activation.
    private static let patience = Duration.seconds(5)
    private static let indexTimeout = Duration.seconds(3_600)
    private static let settleBatch = 256

    /// How far a build is.
    func progress(of key: GenerationKey) async throws(PostgresError) -> BuildProgress {
        let result = try await query(Queries.readBuildProgress, key, within: .seconds(30))
        guard let row = result.first else { throw PostgresError(.decoding, serverMessage: "there is no row") }
        return try BuildProgress(row)
    }

    /// Shows the next table of what a build adds; false when there is none, or when it is being read.
    func announce(_ key: GenerationKey) async throws(PostgresError) -> Bool {
        let result = try await queryUnlessLocked(Queries.announceGeneration, key, within: .seconds(5))
        let announced: String? = try result?.first?["result"] ?? nil
        return announced != nil
    }

    /// Makes the build the active generation; false when it could not be had in time, to be tried again later.
    ///
    /// True also when somebody else did it meanwhile, or dropped the build.
    func run(_ key: GenerationKey) async throws(PostgresError) -> Bool {
        _ = try await query(Queries.createIndexes, key, within: Self.indexTimeout)
        let deadline = clock.now + Self.patience
        do throws(PostgresError) {
            repeat {
                try await hold(key)
                try await catchUp(key, until: deadline)
                if try await activate(key) { return true }
                guard try await isBuilding(key) else { return true }
                try? await clock.sleep(for: .milliseconds(50))
            } while clock.now < deadline && !Task.isCancelled
        } catch {
            await release(key.projection)
            throw error
        }
        await release(key.projection)
        return false
    }

    /// Drops a generation that is not active; false when its tables are being read.
    func drop(_ key: GenerationKey) async throws(PostgresError) -> Bool {
        try await queryUnlessLocked(Queries.dropGeneration, key, within: .seconds(30)) != nil
    }

    /// The workspaces in which the build is behind the active generation.
    func behind(_ key: GenerationKey) async throws(PostgresError) -> [WorkspaceID] {
        let result = try await query(Queries.listBehindActive, key, within: .seconds(30))
        return try result.rows.map { (row) throws(PostgresError) in try row["result"] }
    }

    /// Pauses the active generation and waits until nobody is at work on its checkpoints.
    private func hold(_ key: GenerationKey) async throws(PostgresError) {
        let name = PostgresParameter.text(key.projection.rawValue)
        _ = try await pool.query(Queries.pauseGeneration, [name], deadline: clock.now + .seconds(5))
        let result = try await pool.query(Queries.listActiveCheckpoints, [name], deadline: clock.now + .seconds(5))
        var calls: [PostgresCall] = []
        for row in result.rows {
            let (workspace, generation): (Int64, Int64) = (try row["workspace_id"], try row["generation"])
            calls.append(PostgresCall(Queries.settleCheckpoint, [.int8(workspace), name, .int8(generation)]))
        }
        while !calls.isEmpty {
            let batch = Array(calls.prefix(Self.settleBatch))
            calls.removeFirst(batch.count)
            try await settle(batch)
        }
    }

    private func settle(_ calls: [PostgresCall]) async throws(PostgresError) {
        let deadline = clock.now + Self.patience
        do {
            let results = try await pool.withConnection(deadline: deadline) { connection in
                try await connection.pipeline(calls, deadline: deadline)
            }
            for result in results { _ = try result.get() }
        } catch let error as PostgresError {
            throw error
        } catch {
            throw PostgresError(.other)
        }
    }

    private func catchUp(_ key: GenerationKey, until deadline: ContinuousClock.Instant) async throws(PostgresError) {
        for workspace in try await behind(key) {
            guard clock.now < deadline else { return }
            _ = await stepper.take(.build(key, of: workspace, .build))
        }
    }

    private func activate(_ key: GenerationKey) async throws(PostgresError) -> Bool {
        let result = try await queryUnlessLocked(Queries.activateGeneration, key, within: .seconds(5))
        return try result?.first?["result"] ?? false
    }

    private func isBuilding(_ key: GenerationKey) async throws(PostgresError) -> Bool {
        let result = try await pool.query(Queries.readGenerations, deadline: clock.now + .seconds(5))
        return try ProjectionGeneration.decode(result).contains { $0.key == key && $0.state == .building }
    }

    private func release(_ projection: ProjectionName) async {
        do throws(PostgresError) {
            _ = try await pool.query(
                Queries.resumeGeneration,
                [.text(projection.rawValue)],
                deadline: clock.now + .seconds(5)
            )
        } catch {
            logger.debug("the pause ends by itself", metadata: ["error.code": "\(error.code)"])
        }
    }

    private func query(
        _ statement: PostgresStatement,
        _ key: GenerationKey,
        within limit: Duration
    ) async throws(PostgresError) -> PostgresResult {
        try await pool.query(statement, key.parameters, deadline: clock.now + limit)
    }

    /// Runs a statement on a build; nil when others hold the locks that it needs.
    private func queryUnlessLocked(
        _ statement: PostgresStatement,
        _ key: GenerationKey,
        within limit: Duration
    ) async throws(PostgresError) -> PostgresResult? {
        do throws(PostgresError) {
            return try await query(statement, key, within: limit)
        } catch  where error.code == .lockNotAvailable || error.code == .deadlock {
            return nil
        }
    }
}
