import EventLog
import HTTPServer
import Logging
import Postgres
import Projections
import ServiceLifecycle

/// Puts the parts of `serve` together.
///
///     embedded PostgreSQL ─▶ pools ─▶ activity, partitions ─▶ appender, sources, rejections ─▶ projector ─▶ listeners
///
/// Services are listed in this order and shut down in the opposite one: the listeners first stop taking requests, then
/// the appender finishes what was accepted, and the cluster goes last.
struct ServiceComposition: Sendable {
    let settings: ServeSettings
    let database: Database
    /// How the services connect.
    let configuration: PostgresConfiguration
    let metrics: PrometheusMetrics
    let logger: Logger
    let activity = LogActivity()
    /// For appends only: their statements have no time limit.
    let appendPool: PostgresPool
    /// For projections only: their pages take their time.
    let projectionPool: PostgresPool
    /// For users' projections only: nobody knows what their pages cost.
    let userProjectionPool: PostgresPool
    /// For writes through the API only: their statements wait for locks.
    let commandPool: PostgresPool
    /// How projections are kept.
    let projectorConfiguration: ProjectorConfiguration
    /// For fetching only: its appends wait for a log's lock.
    let fetchPool: PostgresPool
    /// For everything else that is short.
    let pool: PostgresPool

    init(
        settings: ServeSettings,
        database: Database,
        configuration: PostgresConfiguration,
        metrics: PrometheusMetrics,
        logger: Logger
    ) {
        self.settings = settings
        self.database = database
        self.configuration = configuration
        self.metrics = metrics
        self.logger = logger
        var builtIn = settings.projections.projector
        builtIn.scope = .builtIn
        projectorConfiguration = builtIn
        var untimed = configuration
        untimed.statementTimeout = nil
        appendPool = PostgresPool(
            PostgresPoolConfiguration(
                connection: untimed,
                size: settings.eventLog.appender.workers,
                name: "append"
            ),
            logger: logger
        )
        projectionPool = PostgresPool(
            PostgresPoolConfiguration(
                connection: untimed,
                size: projectorConfiguration.concurrency + 2,
                name: "projection"
            ),
            logger: logger
        )
        userProjectionPool = PostgresPool(
            PostgresPoolConfiguration(
                connection: untimed,
                size: projectorConfiguration.forUsers.concurrency + 2,
                name: "user_projection"
            ),
            logger: logger
        )
        var commands = PostgresPoolConfiguration(connection: configuration, size: 8, name: "command")
        commands.waiterLimit = 1024
        commandPool = PostgresPool(commands, logger: logger)
        fetchPool = PostgresPool(
            PostgresPoolConfiguration(connection: untimed, size: 6, name: "fetch"),
            logger: logger
        )
        pool = PostgresPool(PostgresPoolConfiguration(connection: configuration, name: "serve"), logger: logger)
    }

    /// Every service, in the order of dependency.
    func services() -> [ServiceGroupConfiguration.ServiceConfiguration] {
        let waiter = ReadModelWaiter(pool: pool, logger: logger)
        let roles = settings.listeners.roles
        var parts: [ServicePart] = []
        if roles.contains(.projector) { parts += [projector(waiter: waiter), fetcher()] }
        if roles.contains(.receiver) { parts.append(receiver()) }
        if roles.contains(.api) { parts.append(api(waiter: waiter)) }
        let writesLog = roles.contains(.receiver) || roles.contains(.projector)
        let watch = LogWatch(inspector: LogInspector(pool: pool), triesWriting: writesLog, logger: logger)
        var services: [any Service] = database.cluster.map { [$0] } ?? []
        services += upkeep
        services += [watch]
        services.append(waiter)
        services += parts.flatMap(\.services)
        services += HTTPServices.make(
            configuration: settings.http,
            controllers: parts.flatMap(\.controllers),
            admin: AdminController(
                readiness: readiness(parts, watch: writesLog ? watch : nil),
                metrics: metrics,
                hosts: settings.listeners.adminHosts
            ),
            logger: logger,
            onListening: { [logger] listener, port in
                let address = ListenAddress(host: listener.host, port: port)
                logger.info(
                    "listening",
                    metadata: ["listener.name": "\(listener.name)", "listener.address": "\(address)"]
                )
            }
        )
        return services.map { ServiceGroupConfiguration.ServiceConfiguration(service: $0) }
    }

    /// Closes the pools.
    func close() async {
        let deadline = ContinuousClock.now + .seconds(2)
        await appendPool.shutdown(deadline: deadline)
        await projectionPool.shutdown(deadline: deadline)
        await userProjectionPool.shutdown(deadline: deadline)
        await commandPool.shutdown(deadline: deadline)
        await fetchPool.shutdown(deadline: deadline)
        await pool.shutdown(deadline: deadline)
    }

    private var upkeep: [any Service] {
        [
            ActivityNotifier(pool: pool, configuration: configuration, activity: activity, logger: logger),
            PartitionKeeper(pool: pool, logger: logger),
            WorkspaceKeeper.floors(pool: pool, activity: activity, logger: logger),
        ]
    }

    /// Asks whether the roles of this process can be done; a process that only reads may do so on a standby.
    private func readiness(_ parts: [ServicePart], watch: LogWatch?) -> ReadinessService {
        let pool = pool
        let onlyReads = settings.listeners.roles == [.api]
        let database = ReadinessProbe(name: "database") {
            do {
                let isOnStandby = try await pool.withConnection(deadline: .now + .seconds(1)) { connection in
                    try await connection.ping()
                    return connection.isOnStandby
                }
                guard !isOnStandby || onlyReads else {
                    return .notReady("the database is a standby, where only --roles api can work")
                }
                return .ready
            } catch {
                return .notReady("\(error)")
            }
        }
        let log = watch.map { watch in
            ReadinessProbe(name: "log") { watch.trouble.map { .notReady($0) } ?? .ready }
        }
        return ReadinessService(probes: [database] + [log].compactMap(\.self) + parts.flatMap(\.probes))
    }
}
