import Locking
import Logging

/// Lends connections to tasks.
///
/// Connections are opened when needed, up to the pool's size; callers beyond that wait in order, up to a limit and
/// their deadline. A connection comes back into the pool unless it broke or was left inside a transaction. While the
/// database is away one caller at a time tries to reach it, with jittered back-off; the others wait for it and get
/// `connectionFailed` when their deadline comes first. The decisions are ``PoolStateMachine``'s.
package final class PostgresPool: Sendable {
    typealias Machine = PoolStateMachine<PostgresConnection, PoolRequest>

    struct State: ~Copyable {
        var machine: Machine
        var lastFailure: PostgresError?
        let drained = Promise<Void>()
    }

    let configuration: PostgresPoolConfiguration
    let logger: Logger
    let clock = ContinuousClock()
    private let state: Locked<State>
    private let metrics: PoolMetrics

    /// Makes a pool without opening a connection.
    package init(_ configuration: PostgresPoolConfiguration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
        metrics = PoolMetrics(poolName: configuration.name)
        let (size, waiterLimit, idleCheck) = (configuration.size, configuration.waiterLimit, configuration.idleCheck)
        state = Locked(State(machine: Machine(size: size, waiterLimit: waiterLimit, idleCheck: idleCheck)))
    }

    /// What the connections are doing right now.
    package var statistics: PostgresPoolStatistics {
        state.withLock { Self.statistics(of: $0.machine) }
    }

    /// Runs `body` with a connection that nobody else uses meanwhile.
    ///
    /// The deadline bounds the wait for the connection, not `body`. Throws `poolExhausted`, `connectionFailed`,
    /// `deadlineExceeded`, `cancelled` or `closed` when there is no connection, else what `body` throws.
    nonisolated(nonsending) package func withConnection<Value>(
        deadline: ContinuousClock.Instant? = nil,
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        let connection = try await lease(until: deadline ?? clock.now + configuration.leaseTimeout)
        do {
            let value = try await body(connection)
            await release(connection)
            return value
        } catch {
            await release(connection)
            throw error
        }
    }

    /// Runs one statement on a connection of the pool.
    ///
    /// The deadline bounds the wait and the statement together. A connection found dead before anything was sent is
    /// replaced once.
    package func query(
        _ statement: PostgresStatement,
        _ parameters: [PostgresParameter] = [],
        deadline: ContinuousClock.Instant? = nil
    ) async throws(PostgresError) -> PostgresResult {
        do throws(PostgresError) {
            return try await queryOnce(statement, parameters, deadline: deadline)
        } catch  where error.code == .connectionLost && error.nothingWasSent {
            return try await queryOnce(statement, parameters, deadline: deadline)
        }
    }

    /// Refuses new callers and waits, up to the deadline, for connections that are lent; then all are closed.
    ///
    /// A connection still lent at the deadline is closed when it comes back.
    package func shutdown(deadline: ContinuousClock.Instant) async {
        let (closing, refused) = change { $0.machine.close() }
        for request in refused {
            request.answer.fulfil(.failure(PostgresError(.closed, nothingWasSent: true)))
        }
        for connection in closing { await connection.close() }
        let drained = change { $0.drained }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [clock] in
                try? await clock.sleep(until: deadline)
                drained.fulfil(())
            }
            await drained.value()
            group.cancelAll()
        }
    }

    private func queryOnce(
        _ statement: PostgresStatement,
        _ parameters: [PostgresParameter],
        deadline: ContinuousClock.Instant?
    ) async throws(PostgresError) -> PostgresResult {
        let connection = try await lease(until: deadline ?? clock.now + configuration.leaseTimeout)
        do throws(PostgresError) {
            let result = try await connection.query(statement, parameters, deadline: deadline)
            await release(connection)
            return result
        } catch {
            await release(connection)
            throw error
        }
    }

    private func release(_ connection: PostgresConnection) async {
        let now = clock.now
        let action = change { $0.machine.release(connection, reusable: connection.isReusable, now: now) }
        if let delivery = action.delivery { deliver(delivery) }
        await action.closing?.close()
    }

    func deliver(_ delivery: Machine.Delivery) {
        delivery.request.answer.fulfil(.success(delivery.grant))
    }

    /// Changes the state, then tells the gauges and whoever waits for the pool to drain.
    func change<Value: Sendable>(_ body: (inout State) -> Value) -> Value {
        let (value, statistics, drained) = state.withLock { state in
            let value = body(&state)
            return (value, Self.statistics(of: state.machine), state.machine.isDrained ? state.drained : nil)
        }
        metrics.record(statistics)
        drained?.fulfil(())
        return value
    }

    private static func statistics(of machine: borrowing Machine) -> PostgresPoolStatistics {
        PostgresPoolStatistics(
            inUse: machine.leased,
            idle: machine.idleCount,
            opening: machine.opening,
            waiting: machine.waitingCount
        )
    }
}
