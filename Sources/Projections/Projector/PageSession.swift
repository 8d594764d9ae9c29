import Postgres
import Schema

/// Runs statements that call users' SELECTs, and leaves their session as it was.
///
/// What a SELECT may call changes nothing, but a function of a user's own may say that of itself and do otherwise: the
/// locks and settings that it leaves are taken back, or the session ends. The server has a limit of its own, since a
/// process that was killed cancels nothing.
struct PageSession: Sendable {
    let connection: PostgresConnection
    /// How long a statement may take.
    let limit: Duration

    /// What the server waits beyond the limit for this process to cancel the statement.
    private static let grace = Duration.seconds(2)

    /// Runs a statement and cleans up after it.
    func run(
        _ statement: PostgresStatement,
        _ parameters: [PostgresParameter],
        deadline: ContinuousClock.Instant
    ) async throws(PostgresError) -> PostgresResult {
        let milliseconds = (limit + Self.grace) / .milliseconds(1)
        _ = try await connection.query(
            Queries.limitStatements,
            [.text("\(Int64(milliseconds))")],
            deadline: deadline
        )
        do throws(PostgresError) {
            let result = try await connection.query(statement, parameters, deadline: deadline)
            await clean()
            return result
        } catch {
            await clean()
            throw error
        }
    }

    private func clean() async {
        do throws(PostgresError) {
            for statement in [Queries.releaseLocks, Queries.resetSettings, SQLLibrary.tellPlanner] {
                _ = try await connection.query(statement, deadline: .now + Self.grace)
            }
        } catch {
            await connection.close()
        }
    }
}
