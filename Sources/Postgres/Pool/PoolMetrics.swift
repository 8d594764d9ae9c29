import Metrics

/// The gauges of a pool, named after OpenTelemetry's conventions.
struct PoolMetrics: Sendable {
    private let used: Gauge
    private let idle: Gauge
    private let pending: Gauge

    init(poolName: String, factory: any MetricsFactory = MetricsSystem.factory) {
        let pool = ("db.client.connection.pool.name", poolName)
        used = Gauge(
            label: "db.client.connection.count",
            dimensions: [pool, ("db.client.connection.state", "used")],
            factory: factory
        )
        idle = Gauge(
            label: "db.client.connection.count",
            dimensions: [pool, ("db.client.connection.state", "idle")],
            factory: factory
        )
        pending = Gauge(label: "db.client.connection.pending_requests", dimensions: [pool], factory: factory)
    }

    func record(_ statistics: PostgresPoolStatistics) {
        used.record(statistics.inUse)
        idle.record(statistics.idle)
        pending.record(statistics.waiting)
    }
}
