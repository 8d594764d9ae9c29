import Postgres

/// Tells the database which version of each projection is wanted.
///
/// Only `hooklog migrate` registers, under the migrating role; `serve` never does. What runs is decided by what is
/// registered and not by the binary: the definition is kept in the database, and a projector steps every generation it
/// finds there, those of a newer release too. Generations only rise. A version that a later one has superseded is
/// registered again only when that is asked for, so of two releases side by side the older one changes nothing.
package struct ProjectionRegistry: Sendable {
    private let connection: PostgresConnection

    /// Creates a registry over a connection of the migrating role.
    package init(connection: PostgresConnection) {
        self.connection = connection
    }

    /// Registers definitions, each in a transaction of its own; the outcome of each stands at its name.
    ///
    /// A first version is in use at once. Throws `definitionRefused` when the database refuses the SQL, also when it
    /// reads what users' projections may not read; `nameTaken` when a built-in and a user's projection clash.
    package func register(
        _ definitions: [ProjectionDefinition],
        builtIn: Bool,
        allowOlder: Bool = false
    ) async throws(ProjectionError) -> [ProjectionName: RegistrationOutcome] {
        var outcomes: [ProjectionName: RegistrationOutcome] = [:]
        for definition in definitions {
            outcomes[definition.name] = try await register(definition, builtIn: builtIn, allowOlder: allowOlder)
        }
        return outcomes
    }

    /// How definitions stand in the database, at their names; changes nothing.
    package func verify(
        _ definitions: [ProjectionDefinition]
    ) async throws(ProjectionError) -> [ProjectionName: RegistrationStatus] {
        let generations = try await readGenerations()
        var statuses: [ProjectionName: RegistrationStatus] = [:]
        for definition in definitions {
            let known = generations.filter { $0.projection == definition.name && $0.state != .retired }
            if known.contains(where: { $0.version == definition.version }) {
                statuses[definition.name] = .current
            } else {
                statuses[definition.name] = known.last.map { .otherVersion($0.version) } ?? .unregistered
            }
        }
        return statuses
    }

    private func register(
        _ definition: ProjectionDefinition,
        builtIn: Bool,
        allowOlder: Bool
    ) async throws(ProjectionError) -> RegistrationOutcome {
        let generation: Int64?
        do throws(PostgresError) {
            let result = try await connection.query(
                Queries.registerProjection,
                [
                    .text(definition.name.rawValue),
                    .text(definition.version.rawValue),
                    .bool(builtIn),
                    .jsonb(definition.json),
                    .bool(allowOlder),
                ]
            )
            generation = try result.first?["generation"] ?? nil
        } catch {
            throw Self.error(error, of: definition.name)
        }
        if let generation { return .building(GenerationID(rawValue: generation)) }
        let newest = try await readGenerations().last { $0.projection == definition.name && $0.state != .retired }
        return newest?.version == definition.version ? .unchanged : .superseded
    }

    private func readGenerations() async throws(ProjectionError) -> [ProjectionGeneration] {
        do throws(PostgresError) {
            return try ProjectionGeneration.decode(await connection.query(Queries.readGenerations))
        } catch {
            throw ProjectionError(error)
        }
    }

    private static func error(_ error: PostgresError, of projection: ProjectionName) -> ProjectionError {
        let translated = ProjectionError(error, projection: projection)
        switch translated.code {
        case .databaseFailed:
            return ProjectionError(.definitionRefused, projection: projection, underlying: error)
        case .invalidFile, .nameTaken, .definitionRefused, .unknownProjection, .buildGone, .buildStopped,
            .positionBeyondHead, .waitTimedOut, .tooManyWaiters, .cancelled, .unavailable:
            return translated
        }
    }
}
