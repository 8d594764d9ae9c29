import MetricsTestKit
import Testing

@testable import Postgres

@Suite struct PoolMetricsTests {
    @Test func gaugesFollowTheStatistics() throws {
        let factory = TestMetrics()
        let metrics = PoolMetrics(poolName: "reader", factory: factory)
        metrics.record(PostgresPoolStatistics(inUse: 3, idle: 2, opening: 1, waiting: 7))
        let pool = ("db.client.connection.pool.name", "reader")
        let label = "db.client.connection.count"
        let used = try factory.expectGauge(label, [pool, ("db.client.connection.state", "used")])
        let idle = try factory.expectGauge(label, [pool, ("db.client.connection.state", "idle")])
        let pending = try factory.expectGauge("db.client.connection.pending_requests", [pool])
        #expect([used, idle, pending].map(\.lastValue) == [3, 2, 7])
    }
}
