import Postgres

extension ProjectionRegistry {
    /// Makes what an earlier release has made for users' projections anew, as this one does, and returns what is refused.
    package func renew() async throws(ProjectionError) -> [ProjectionRefusal] {
        var refusals: [ProjectionRefusal] = []
        for row in try await run(Queries.listOutdatedGenerations).rows {
            do throws(PostgresError) {
                let (projection, generation): (String, Int64) = (try row["projection"], try row["generation"])
                guard let reason = try await renew(projection, generation) else { continue }
                refusals.append(
                    ProjectionRefusal(
                        projection: projection,
                        file: nil,
                        reason: "What is built of it is refused: \(reason). Change its file and run `hooklog migrate`."
                    )
                )
            } catch {
                throw ProjectionError(error)
            }
        }
        return refusals
    }

    /// Records what the migration at hand has refused, in the place of what one before did.
    package func record(_ refusals: [ProjectionRefusal]) async throws(ProjectionError) {
        _ = try await run(
            Queries.recordRefusals,
            [
                .textArray(refusals.map(\.projection)),
                .textArray(refusals.map(\.file)),
                .textArray(refusals.map(\.reason)),
            ]
        )
    }

    /// What the last migration refused, by name.
    package func refusals() async throws(ProjectionError) -> [ProjectionRefusal] {
        do throws(PostgresError) {
            return try await connection.query(Queries.listRefusals).rows.map(ProjectionRefusal.init)
        } catch {
            throw ProjectionError(error)
        }
    }

    private func renew(_ projection: String, _ generation: Int64) async throws(PostgresError) -> String? {
        do throws(PostgresError) {
            return try await connection.query(
                Queries.renewGeneration,
                [.text(projection), .int8(generation)],
                deadline: .now + Self.userLimit
            ).first?["result"] ?? nil
        } catch  where error.code == .deadlineExceeded {
            return "it took too long"
        }
    }

    private func run(
        _ statement: PostgresStatement,
        _ parameters: [PostgresParameter] = []
    ) async throws(ProjectionError) -> PostgresResult {
        do throws(PostgresError) {
            return try await connection.query(statement, parameters)
        } catch {
            throw ProjectionError(error)
        }
    }
}
