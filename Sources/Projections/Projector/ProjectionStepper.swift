import Logging
import Postgres

/// Takes steps: calls `hooklog.project()` and judges its failures.
struct ProjectionStepper: Sendable {
    let pool: PostgresPool
    let clock = ContinuousClock()
    /// How long a page may take.
    let pageTimeout: Duration
    /// How long it may take to record that a page failed.
    var recordTimeout = Duration.seconds(10)
    /// Whether nothing of a page may stay in its session.
    var isolatesPages = false
    let metrics: ProjectorMetrics
    let logger: Logger

    /// Not the fault of one event: the projection stops and tries again later.
    private static let tooHeavy = SQLState(rawValue: "HL005")

    /// Folds one page and reports; never throws, since each failure has its measure.
    func take(_ step: ProjectionStep) async -> StepReport {
        let start = clock.now
        var report = await attempt(step)
        report.elapsed = clock.now - start
        metrics.record(report, of: step)
        if report.outcome == .stopped {
            logger.error("projection stopped", metadata: Self.metadata(of: step))
        }
        return report
    }

    private func attempt(_ step: ProjectionStep) async -> StepReport {
        do throws(PostgresError) {
            let result = try await run(
                Queries.projectPage,
                step.address + [.int4(step.maxEvents), .int8(step.maxBytes)],
                within: pageTimeout
            )
            guard let row = result.first else { return StepReport(.gone) }
            return try StepReport(row)
        } catch {
            return await handle(error, of: step)
        }
    }

    /// Runs a statement that calls projections' SELECTs.
    private func run(
        _ statement: PostgresStatement,
        _ parameters: [PostgresParameter],
        within limit: Duration
    ) async throws(PostgresError) -> PostgresResult {
        let deadline = clock.now + limit
        guard isolatesPages else { return try await pool.query(statement, parameters, deadline: deadline) }
        do {
            return try await pool.withConnection(deadline: deadline) { connection in
                try await PageSession(connection: connection, limit: limit)
                    .run(statement, parameters, deadline: deadline)
            }
        } catch let error as PostgresError {
            throw error
        } catch {
            throw PostgresError(.other)
        }
    }

    private func handle(_ error: PostgresError, of step: ProjectionStep) async -> StepReport {
        switch StepFailure(error) {
        case .cancelled:
            return StepReport(.cancelled)
        case .passing:
            logger.debug("step failed", metadata: Self.metadata(of: step, error))
            return StepReport(.unavailable)
        case .recorded(let state):
            logger.debug("page failed", metadata: Self.metadata(of: step, error))
            return await record(state, of: step)
        }
    }

    private func record(_ state: SQLState, of step: ProjectionStep) async -> StepReport {
        do throws(PostgresError) {
            let result = try await run(
                Queries.recordFailure,
                step.address + [.text(state.rawValue), .int4(step.maxEvents)],
                within: recordTimeout
            )
            let measure: String? = try result.first?["result"]
            switch measure {
            case "halved": return StepReport(.halved, hasMore: true)
            case "set_aside": return StepReport(.folded, hasMore: true)
            case "stopped": return StepReport(.stopped)
            default: return StepReport(.unavailable)
            }
        } catch  where error.code == .deadlineExceeded && state == StepFailure.cancelledStatement {
            // The event after the one that is too heavy, which was to tell whose fault it is, is as heavy.
            guard let tooHeavy = Self.tooHeavy else { return StepReport(.unavailable) }
            return await record(tooHeavy, of: step)
        } catch {
            logger.debug("page failure was not recorded", metadata: Self.metadata(of: step, error))
            return StepReport(.unavailable)
        }
    }

    private static func metadata(of step: ProjectionStep, _ error: PostgresError? = nil) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            "projection.name": "\(step.key.projection)",
            "projection.generation": "\(step.key.generation)",
            "workspace.id": "\(step.workspace)",
        ]
        if let error {
            metadata["error.code"] = "\(error.code)"
            metadata["error.sqlState"] = "\(error.sqlState?.rawValue ?? "none")"
        }
        return metadata
    }
}
