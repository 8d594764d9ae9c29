import Connectors
import EventLog
import Fetching
import HTTPServer
import Postgres
import Projections
import ServiceLifecycle

/// What a role of `serve` brings along: services, routes of the public listener, and what makes it ready.
struct ServicePart {
    var services: [any Service] = []
    var controllers: [any RouteController] = []
    /// What it takes to do the role's job.
    var probes: [ReadinessProbe] = []
}

extension ServiceComposition {
    /// The part that takes webhooks in.
    func receiver() -> ServicePart {
        let appender = EventAppender(
            pool: pools.append,
            activity: activity,
            configuration: settings.appender,
            logger: logger
        )
        let sources = SourceDirectory(
            store: SourceStore(pool: pool, senders: .known, sealer: database.masterKey.map { SecretSealer($0) }),
            configuration: database.configuration,
            logger: logger
        )
        let rejections = RejectedDeliveryRecorder(pool: pool, logger: logger)
        let controller = ReceiverController(sources: sources, events: appender, rejections: rejections, logger: logger)
        let probe = ReadinessProbe(name: "appends") {
            appender.recentFailure.map { "The last append failed: \($0)" }
        }
        return ServicePart(services: [appender, sources, rejections], controllers: [controller], probes: [probe])
    }

    /// The part that keeps read models up to date.
    func projector(waiter: ReadModelWaiter) -> ServicePart {
        let configuration = settings.projections.projector
        let pools = [(pools.projection, configuration), (pools.userProjection, configuration.forUsers)]
        return ServicePart(
            services: pools.map { pool, configuration in
                ProjectorService(
                    pool: pool,
                    activity: activity,
                    waiter: waiter,
                    configuration: configuration,
                    logger: logger
                )
            }
        )
    }

    /// The part that fetches the objects that thin events tell of; nothing without a master key, which opens the tokens.
    func fetcher() -> ServicePart {
        guard let masterKey = database.masterKey else { return ServicePart() }
        return ServicePart(services: [
            FetchService(
                pool: pools.fetch,
                connection: database.configuration,
                sealer: SecretSealer(masterKey),
                apis: Connector.all.compactMap(\.objects),
                activity: activity,
                logger: logger
            )
        ])
    }

    /// The part that answers queries and takes writes.
    func api(waiter: ReadModelWaiter) -> ServicePart {
        let pipeline = PostgresPipeline(
            PostgresPipelineConfiguration(connection: database.configuration),
            logger: logger
        )
        let recorder = APIKeyUseRecorder(pipeline: pipeline, logger: logger) { PostgresTimestamp(.now) }
        let reads = ReadResponder(
            pipeline: pipeline,
            waiter: waiter,
            recorder: recorder,
            logger: logger
        )
        let writes = WriteResponder(pool: pools.command, activity: activity, recorder: recorder, logger: logger)
        return ServicePart(
            services: [
                pipeline, recorder, WorkspaceKeeper.storedAnswers(pool: pool, activity: activity, logger: logger),
            ],
            controllers: Self.queryControllers(
                reads: reads,
                writes: writes,
                events: database.events,
                limiter: RateLimiter(pipeline: pipeline, logger: logger)
            )
        )
    }

    /// The routes of the query surfaces: the log and the directory under `/v1`, what describes them, and the vendors'.
    static func queryControllers(
        reads: ReadResponder,
        writes: WriteResponder,
        events: EventReader,
        limiter: RateLimiter
    ) -> [any RouteController] {
        [
            RateLimits(limiter: limiter),
            UnmatchedRoutes(prefix: "/v1", routes: .native),
            UnmatchedRoutes(prefix: "/openapi.json", routes: .documentation),
            UnmatchedRoutes(prefix: "/docs", routes: .documentation),
            LogQueryController(reads: reads, events: events),
            DirectoryQueryController(reads: reads),
            DocumentationController(),
        ] + SurfaceController.all(reads: reads, writes: writes)
    }
}
