import Postgres

/// One build of one version of a projection.
package struct ProjectionGeneration: Sendable, Hashable {
    /// Where a build is in its life.
    package enum State: String, Sendable, Hashable {
        /// On its way to take over.
        case building
        /// The one whose tables are published.
        case active
        /// It was active, and is kept up to date for a while.
        case retired
    }

    /// The projection.
    package let projection: ProjectionName
    /// The number of the build.
    package let id: GenerationID
    /// The version that was built.
    package let version: ProjectionVersion
    /// Whether the projection is compiled in.
    package let isBuiltIn: Bool
    /// Where it is in its life.
    package let state: State
    /// How long ago another one took its place.
    package let retiredFor: Duration?
    /// Whether it is a build that a command is at work on.
    package let isAttended: Bool

    /// The projection and the build, as a key.
    package var key: GenerationKey { GenerationKey(projection: projection, generation: id) }

    static func decode(_ result: PostgresResult) throws(PostgresError) -> [ProjectionGeneration] {
        var generations: [ProjectionGeneration] = []
        for row in result.rows {
            guard let state = State(rawValue: try row["state"]) else { continue }
            let retiredSeconds: Double? = try row["retired_seconds"]
            generations.append(
                ProjectionGeneration(
                    projection: try row["projection"],
                    id: try row["generation"],
                    version: try row["version"],
                    isBuiltIn: try row["built_in"],
                    state: state,
                    retiredFor: retiredSeconds.map { .seconds($0) },
                    isAttended: try row["is_attended"]
                )
            )
        }
        return generations
    }
}

/// A build of a projection.
package struct GenerationKey: Sendable, Hashable {
    /// The projection.
    package let projection: ProjectionName
    /// The number of the build.
    package let generation: GenerationID

    /// The projection and the number, as statements take them.
    var parameters: [PostgresParameter] { [.text(projection.rawValue), .int8(generation.rawValue)] }
}
