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
    /// The database as the services connect to it; its pool is for everything that is short.
    let database: Database
    let metrics: PrometheusMetrics
    let pools: ServingPools
    let activity = LogActivity()

    /// Every service, in the order of dependency.
    func services() -> [any Service] {
        let roles = settings.listeners.roles
        let waiter = ReadModelWaiter(pool: pool, logger: logger)
        let watch = LogWatch(inspector: LogInspector(pool: pool), triesWriting: writesLog, logger: logger)
        var parts: [ServicePart] = []
        if roles.contains(.projector) { parts += [projector(waiter: waiter), fetcher()] }
        if roles.contains(.receiver) { parts.append(receiver()) }
        if roles.contains(.api) { parts.append(api(waiter: waiter)) }
        let upkeep: [any Service] = [
            ActivityNotifier(pool: pool, configuration: database.configuration, activity: activity, logger: logger),
            PartitionKeeper(pool: pool, logger: logger),
            WorkspaceKeeper.floors(pool: pool, activity: activity, logger: logger), watch, waiter,
        ]
        let listeners = HTTPServices.make(
            configuration: settings.http,
            controllers: parts.flatMap(\.controllers),
            admin: AdminController(
                readiness: readiness(parts, watch: watch),
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
        return (database.cluster.map { [$0] } ?? []) + upkeep + parts.flatMap(\.services) + listeners
    }

    /// Closes the pools.
    func close() async {
        let deadline = ContinuousClock.now + .seconds(2)
        for pool in pools.all + [pool] { await pool.shutdown(deadline: deadline) }
    }

    var pool: PostgresPool { database.pool }
    var logger: Logger { database.logger }

    /// Whether this process does more than read; one that only reads can work on a standby.
    private var writesLog: Bool { settings.listeners.roles != [.api] }

    /// Asks whether the roles of this process can be done.
    private func readiness(_ parts: [ServicePart], watch: LogWatch) -> ReadinessService {
        let database = ReadinessProbe(name: "database") { [pool, writesLog] in
            do {
                let isOnStandby = try await pool.withConnection(deadline: .now + .seconds(1)) { connection in
                    try await connection.ping()
                    return connection.isOnStandby
                }
                guard isOnStandby, writesLog else { return nil }
                return "the database is a standby, where only --roles api can work"
            } catch {
                return "\(error)"
            }
        }
        let log = ReadinessProbe(name: "log") { watch.trouble }
        return ReadinessService(probes: [database] + (writesLog ? [log] : []) + parts.flatMap(\.probes))
    }
}
