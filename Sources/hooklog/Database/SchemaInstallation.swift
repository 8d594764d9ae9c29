import Postgres
import Projections
import Schema

/// Installs and checks the schema of a database, and the projections that are wanted in it.
struct SchemaInstallation: Sendable {
    let database: Database
    let projections: ProjectionCatalog

    /// What a migration did to the schema and to each projection.
    struct Outcome: Sendable {
        let schema: Migrator.Outcome
        let projections: [ProjectionName: RegistrationOutcome]
        /// The users' projections that were refused; the others go on without them.
        let refused: [ProjectionRefusal]
    }

    /// Brings the schema to this build's version and registers the projections, on a connection of its own without a time
    /// limit for statements.
    func migrate() async throws -> Outcome {
        try await withConnection { connection in
            let schema = try await Migrator(connection: connection, logger: database.logger).migrate()
            let registry = ProjectionRegistry(connection: connection)
            let builtIn = try await registry.register(projections.builtIn, builtIn: true)
            let user = try await registerUsers(with: registry)
            return Outcome(
                schema: schema,
                projections: builtIn.merging(user.outcomes) { $1 },
                refused: user.refused
            )
        }
    }

    /// Registers users' projections, each for itself, and records which were refused.
    private func registerUsers(
        with registry: ProjectionRegistry
    ) async throws -> (outcomes: [ProjectionName: RegistrationOutcome], refused: [ProjectionRefusal]) {
        let outdated = try await registry.renew()
        var outcomes: [ProjectionName: RegistrationOutcome] = [:]
        var refused = projections.refused
        for definition in projections.user {
            do {
                // A connection of its own: what one file does to it is no other file's trouble.
                let outcome = try await withConnection { connection in
                    try await ProjectionRegistry(connection: connection).register([definition], builtIn: false)
                }
                outcomes.merge(outcome) { $1 }
            } catch let error as ProjectionError {
                guard let refusal = ProjectionRefusal(error, of: definition) else { throw error }
                refused.append(refusal)
            }
        }
        let replaced = outcomes.filter { if case .building = $0.value { true } else { false } }.keys.map(\.rawValue)
        let named = Set(refused.map(\.projection)).union(replaced)
        refused += outdated.filter { !named.contains($0.projection) }
        try await registry.record(refused)
        return (outcomes, refused)
    }

    /// Makes the schema ready for `serve`: an empty database and an embedded one are migrated.
    ///
    /// Warns of each projection whose version in an external database is not this program's, and tells of those that are
    /// refused, without which it goes on.
    ///
    /// - Throws: `SchemaError` when an external database has another version than this build's.
    func prepareToServe() async throws {
        let installed = try await withConnection { try await SchemaVersion.installed(in: $0) }
        guard installed == nil || database.cluster != nil else {
            try SchemaVersion.check(installed)
            return try await warnOfOtherProjections()
        }
        let outcome = try await migrate()
        warnOfUnannounced(outcome)
        tell(of: outcome.refused)
    }

    private func tell(of refused: [ProjectionRefusal]) {
        for refusal in refused {
            database.logger.error(
                "a projection was refused; everything else runs",
                metadata: [
                    "projection.name": "\(refusal.projection)", "projection.file": "\(refusal.file ?? "none")",
                    "error": "\(refusal.reason)",
                ]
            )
        }
    }

    private func warnOfUnannounced(_ outcome: Outcome) {
        for case (let name, .unannounced) in outcome.projections {
            database.logger.warning(
                "sessions that read this projection keep its new columns from being shown; it is tried again",
                metadata: ["projection.name": "\(name)"]
            )
        }
    }

    private func warnOfOtherProjections() async throws {
        let (statuses, recorded) = try await withConnection { connection in
            let registry = ProjectionRegistry(connection: connection)
            return (
                try await registry.verify(projections.builtIn + projections.user), try await registry.refusals()
            )
        }
        let known = Set(projections.refused.map(\.projection))
        tell(of: projections.refused + recorded.filter { !known.contains($0.projection) })
        for (name, status) in statuses.sorted(by: { $0.key < $1.key }) where status != .current {
            database.logger.warning(
                "the database holds another version of this projection, and that is kept; see `hooklog migrate`",
                metadata: ["projection.name": "\(name)"]
            )
        }
    }

    private func withConnection<Value: Sendable>(
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        var configuration = database.configuration
        configuration.statementTimeout = nil
        return try await PostgresConnection.with(configuration, logger: database.logger, body)
    }
}
