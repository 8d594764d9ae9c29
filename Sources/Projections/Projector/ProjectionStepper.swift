import Logging
import Postgres

/// Takes steps: calls `hooklog.project()` and judges its failures.
struct ProjectionStepper: Sendable {
    let pool: PostgresPool
    let clock = ContinuousClock()
    /// How long a page may take.
    let pageTimeout: Duration
    let metrics: ProjectorMetrics
    let logger: Logger

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
            let result = try await pool.query(
                Queries.projectPage,
                [
                    .int8(step.workspace.rawValue),
                    .text(step.key.projection.rawValue),
                    .int8(step.key.generation.rawValue),
                    .int4(step.maxEvents),
                    .int8(step.maxBytes),
                ],
                deadline: clock.now + pageTimeout
            )
            guard let row = result.first else { return StepReport(.gone) }
            return try StepReport(row)
        } catch {
            return await handle(error, of: step)
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
            let result = try await pool.query(
                Queries.recordFailure,
                [
                    .int8(step.workspace.rawValue),
                    .text(step.key.projection.rawValue),
                    .int8(step.key.generation.rawValue),
                    .text(state.rawValue),
                    .int4(step.maxEvents),
                ],
                deadline: clock.now + .seconds(10)
            )
            let measure: String? = try result.first?["measure"]
            switch measure {
            case "halved": return StepReport(.halved, hasMore: true)
            case "set_aside": return StepReport(.folded, hasMore: true)
            case "stopped": return StepReport(.stopped)
            default: return StepReport(.unavailable)
            }
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
