import EventLog
import HTTPServer
import Logging
import Postgres
import ServiceLifecycle

/// One `serve` from start to end: opens the database, prepares its schema, runs the services, leaves the database.
struct Server: Sendable {
    /// How long a graceful shutdown may take before what is left is cancelled.
    ///
    /// What is cancelled has seconds more to leave the database in order, so that all is over within 25, as help says.
    static let shutdownLimit = Duration.seconds(18)

    let settings: ServeSettings
    let metrics: PrometheusMetrics
    let logger: Logger

    /// Serves until a signal.
    ///
    /// - Throws: What keeps it from starting, or the failure of a service.
    func run() async throws {
        let session = DatabaseSession(settings: settings.database, logger: logger)
        let database = try await Interruption.cancelling { try await session.open() }
        let outcome = await Result(catching: { try await serve(database) })
        await session.close(database)
        try outcome.get()
        logger.info("stopped")
    }

    private func serve(_ database: Database) async throws {
        let configuration = try await Interruption.cancelling { try await prepareWhenReachable(database) }
        var serving = database
        serving.configuration = configuration
        serving.pool = PostgresPool(
            PostgresPoolConfiguration(connection: configuration, name: "serve"),
            logger: logger
        )
        let composition = ServiceComposition(
            settings: settings,
            database: serving,
            metrics: metrics,
            pools: ServingPools(settings, on: serving)
        )
        // The group's own news is of no interest to operators.
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        var group = ServiceGroupConfiguration(services: composition.services(), logger: quiet)
        group.maximumGracefulShutdownDuration = Self.shutdownLimit
        let services = ServiceGroup(configuration: group)
        let outcome = await Result(catching: { try await Interruption.shuttingDown(services) })
        await composition.close()
        try outcome.get()
    }

    /// Prepares as soon as the database can be reached: it may be away at the start as at any later time.
    private func prepareWhenReachable(_ database: Database) async throws -> PostgresConfiguration {
        while true {
            do {
                return try await prepare(database)
            } catch let error as PostgresError where database.cluster == nil && error.isTransientConnectFailure {
                logger.warning("waiting for the database", metadata: ["error": "\(error)"])
            }
            // The pool tries again and again, with growing waits.
            _ = try? await database.pool.withConnection { try await $0.ping() }
            try Task.checkCancellation()
        }
    }

    /// Makes the schema ready and returns how the services connect: with the service's rights only, where possible.
    private func prepare(_ database: Database) async throws -> PostgresConfiguration {
        var configuration = try await database.configurationForWork()
        try await SchemaInstallation(database: database, projections: settings.projections.catalog()).prepareToServe()
        if database.masterKey == nil, settings.listeners.roles.contains(.receiver) {
            logger.warning("no master key, so every delivery is refused; see `hooklog master-key`")
        }
        if database.masterKey == nil, settings.listeners.roles.contains(.projector) {
            logger.warning("no master key, so no objects are fetched; see `hooklog master-key`")
        }
        let row = try await database.pool.query(Queries.readServiceRole).first
        guard try row?.decode("is_usable", as: Bool.self) == true else {
            logger.warning("running with all rights of the connecting role; see `hooklog doctor`")
            return configuration
        }
        configuration.sessionStatements.append(Queries.setServiceRole)
        return configuration
    }
}
