import Postgres

/// Tells the database which version of each projection is wanted.
///
/// Only `hooklog migrate` registers, under the migrating role; `serve` never does. What runs is decided by what is
/// registered and not by the binary: the definition is kept in the database, and a projector steps every generation it
/// finds there, those of a newer release too. Generations only rise. A version that a later one has superseded is
/// registered again only when that is asked for, so of two releases side by side the older one changes nothing.
package struct ProjectionRegistry: Sendable {
    let connection: PostgresConnection
    private let patience: Duration
    private let clock = ContinuousClock()

    /// How long PostgreSQL may take to read and plan a user's projection.
    static let userLimit = Duration.seconds(30)

    /// Creates a registry over a connection of the migrating role.
    ///
    /// - Parameter patience: How long it waits for the readers of a view that is to have new columns.
    package init(connection: PostgresConnection, patience: Duration = .seconds(60)) {
        self.connection = connection
        self.patience = patience
    }

    /// Registers definitions, each in a transaction of its own; the outcome of each stands at its name.
    ///
    /// A first version is in use at once. The new columns and tables of a built-in one show, empty, while it is being
    /// built. Throws `definitionRefused` when the database refuses the SQL, also when it reads or calls what users'
    /// projections may not; `nameTaken` when a built-in and a user's projection clash.
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
        _ given: ProjectionDefinition,
        builtIn: Bool,
        allowOlder: Bool
    ) async throws(ProjectionError) -> RegistrationOutcome {
        let deadline = builtIn ? nil : clock.now + Self.userLimit
        var definition = given
        if let deadline { definition = try await SelectReader(connection: connection, deadline: deadline).read(given) }
        let generation: GenerationID?
        do throws(PostgresError) {
            let result = try await connection.query(
                Queries.registerProjection,
                [
                    .text(definition.name.rawValue),
                    .text(definition.version.rawValue),
                    .bool(builtIn),
                    .jsonb(definition.json),
                    .bool(allowOlder),
                ],
                deadline: deadline
            )
            generation = try result.first?["result"] ?? nil
        } catch {
            throw builtIn ? Self.error(error, of: definition.name) : Self.refusal(error, of: definition)
        }
        if let generation {
            let key = GenerationKey(projection: definition.name, generation: generation)
            guard builtIn else { return .building(key.generation) }
            return try await announce(key) ? .building(key.generation) : .unannounced(key.generation)
        }
        let newest = try await readGenerations().last { $0.projection == definition.name && $0.state != .retired }
        return newest?.version == definition.version ? .unchanged : .superseded
    }

    /// Shows what a generation adds, a table at a time; false when a view was read all the while.
    private func announce(_ key: GenerationKey) async throws(ProjectionError) -> Bool {
        let deadline = clock.now + patience
        while true {
            do throws(PostgresError) {
                let result = try await connection.query(Queries.announceGeneration, key.parameters)
                let announced: String? = try result.first?["result"] ?? nil
                if announced == nil { return true }
            } catch  where error.code == .lockNotAvailable || error.code == .deadlock {
                guard clock.now < deadline, (try? await clock.sleep(for: .milliseconds(50))) != nil else {
                    return false
                }
            } catch {
                throw Self.error(error, of: key.projection)
            }
        }
    }

    private func readGenerations() async throws(ProjectionError) -> [ProjectionGeneration] {
        do throws(PostgresError) {
            return try ProjectionGeneration.decode(await connection.query(Queries.readGenerations))
        } catch {
            throw ProjectionError(error)
        }
    }

    private static func refusal(_ error: PostgresError, of definition: ProjectionDefinition) -> ProjectionError {
        guard error.sqlState?.rawValue != "HL003" else { return ProjectionError(error, projection: definition.name) }
        let table = definition.tables.count == 1 ? definition.tables.first : nil
        // The SELECT begins at the second line of the statement that it is put in.
        return ProjectionError(error, refusing: table, of: definition.name, line: error.innerLine.map { $0 - 1 })
    }

    private static func error(_ error: PostgresError, of projection: ProjectionName) -> ProjectionError {
        let translated = ProjectionError(error, projection: projection)
        guard translated.code == .databaseFailed else { return translated }
        return ProjectionError(.definitionRefused, projection: projection, underlying: error)
    }
}
