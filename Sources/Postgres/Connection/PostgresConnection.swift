import CLibpq
import Foundation
import Locking
import Logging

/// One connection to PostgreSQL, on a thread of its own.
///
/// Calls run one after the other. A call waits on its socket, its deadline and its task's cancellation at once; when
/// one of the latter comes first, the server is asked to cancel and the connection stays usable. A server that does
/// not obey within the configuration's grace period costs the connection. A call that finished although it was being
/// cancelled returns its result.
///
/// Sessions run in UTC and READ COMMITTED. Close a connection with ``close()``; the last release does it too.
package actor PostgresConnection {
    private let executor: ThreadExecutor
    private let configuration: PostgresConfiguration
    private let logger: Logger
    private let wakeup = Wakeup()
    private nonisolated let health = Locked(Health())
    private var session: LibpqSession?

    private struct Health {
        var isReusable = false
        var processID: Int32 = 0
        var host = ServerHost()
        var isOnStandby = false
    }

    /// The connection's own thread.
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Tells whether the last call left the connection open and outside a transaction.
    package nonisolated var isReusable: Bool { health.withLock { $0.isReusable } }

    /// The server process behind the connection; 0 before it is open.
    package nonisolated var processID: Int32 { health.withLock { $0.processID } }

    /// Tells whether the server was a standby when the last call ended; it says so by itself (PostgreSQL 14 and newer).
    package nonisolated var isOnStandby: Bool { health.withLock { $0.isOnStandby } }

    /// Tells whether the server behind the connection was silent of late, to this one or to another.
    nonisolated var isOnSilentHost: Bool { configuration.silentHosts.contains(health.withLock { $0.host }) }

    private init(_ configuration: PostgresConfiguration, logger: Logger, threadName: String) {
        self.configuration = configuration
        self.logger = logger
        executor = ThreadExecutor(name: threadName)
    }

    isolated deinit {
        session = nil
        executor.retire()
    }

    /// Opens a connection and runs the configuration's session statements.
    ///
    /// A host that is silent is passed over after its own time, and comes last for a while. Throws `connectionFailed`,
    /// `authenticationFailed` and the like when there is none within the deadline or the configuration's connect timeout,
    /// whichever is earlier.
    package static func connect(
        _ configuration: PostgresConfiguration,
        deadline: ContinuousClock.Instant? = nil,
        logger: Logger,
        threadName: String = "postgres"
    ) async throws(PostgresError) -> PostgresConnection {
        let connection = PostgresConnection(configuration, logger: logger, threadName: threadName)
        let latest = ContinuousClock.now + max(configuration.connectTimeout, configuration.timeForAllHosts)
        do throws(PostgresError) {
            try await connection.open(until: min(deadline ?? latest, latest))
        } catch {
            await connection.close()
            throw error
        }
        return connection
    }

    /// Opens a connection, lends it to `body` and closes it, whatever became of that.
    nonisolated(nonsending) package static func with<Value>(
        _ configuration: PostgresConfiguration,
        logger: Logger,
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        let connection = try await connect(configuration, logger: logger)
        do {
            let value = try await body(connection)
            await connection.close()
            return value
        } catch {
            await connection.close()
            throw error
        }
    }

    /// Closes the connection and ends its thread; later calls throw `closed`.
    package func close() {
        session = nil
        health.withLock { $0.isReusable = false }
        executor.retire()
    }

    private func open(until deadline: ContinuousClock.Instant) async throws(PostgresError) {
        let wakeup = wakeup
        let opened = await withTaskCancellationHandler {
            Result { () throws(PostgresError) -> LibpqSession in
                try LibpqSession.open(
                    configuration,
                    environment: ProcessInfo.processInfo.environment,
                    wakeup: wakeup,
                    until: deadline
                )
            }
        } onCancel: {
            wakeup.signal()
        }
        let session = try opened.get()
        self.session = session
        let processID = PQbackendPID(session.handle)
        let host = session.host
        health.withLock { $0 = Health(isReusable: true, processID: processID, host: host) }
        for statement in configuration.sessionStatements {
            _ = try await query(statement, deadline: deadline)
        }
        logger.debug("opened a database connection", metadata: ["postgres.processID": "\(processID)"])
    }

    /// Runs one call on the session, with the deadline and the task's cancellation in force.
    ///
    /// A shielded call does not heed cancellation.
    func perform<Value>(
        _ name: String?,
        until deadline: ContinuousClock.Instant?,
        shielded: Bool = false,
        _ body: (LibpqSession) throws(PostgresError) -> Value
    ) async throws(PostgresError) -> Value {
        let wakeup = wakeup
        let outcome = await withTaskCancellationHandler {
            Result { () throws(PostgresError) -> Value in
                try performNow(name, until: deadline, shielded: shielded, body)
            }
        } onCancel: {
            wakeup.signal()
        }
        return try outcome.get()
    }

    /// Runs a call on the connection's own thread: a closure that does not name the actor would run, and block, in the pool
    /// that all tasks share.
    private func performNow<Value>(
        _ name: String?,
        until deadline: ContinuousClock.Instant?,
        shielded: Bool,
        _ body: (LibpqSession) throws(PostgresError) -> Value
    ) throws(PostgresError) -> Value {
        guard let session else { throw PostgresError(.closed, statement: name, nothingWasSent: true) }
        defer { finishCall(of: session) }
        let limit = deadline ?? configuration.statementTimeout.map { .now + $0 }
        try session.begin(until: limit, observingCancellation: !shielded, statement: name)
        return try body(session)
    }

    private func finishCall(of session: LibpqSession) {
        session.end()
        let (isIdle, isOnStandby) = (session.isIdle, session.isOnStandby)
        health.withLock { health in
            health.isReusable = isIdle
            health.isOnStandby = isOnStandby
        }
        guard session.isBroken else { return }
        if session.isSilent { configuration.silentHosts.note(session.host) }
        self.session = nil
        logger.debug("gave up a database connection", metadata: ["postgres.processID": "\(processID)"])
    }
}
