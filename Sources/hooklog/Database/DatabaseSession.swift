import EmbeddedPostgres
import EventLog
import Logging
import Postgres

/// Opens the configured database and leaves it in order.
struct DatabaseSession: Sendable {
    /// The number of connections that a command may use at a time.
    static let poolSize = 4

    let settings: DatabaseSettings
    let logger: Logger

    /// Runs `body` with the database.
    ///
    /// An embedded cluster is started when nobody runs it, kept up meanwhile, and stopped when nobody else uses it. On
    /// SIGINT or SIGTERM the task of `body` is cancelled, and the database is left in order.
    ///
    /// - Throws: `interrupted` after a signal, else what `body` or the database throws.
    func run<Value: Sendable>(_ body: @escaping @Sendable (Database) async throws -> Value) async throws -> Value {
        try await Interruption.cancelling {
            let database = try await open()
            let outcome = await Result {
                try await AccompanyingWork.run([{ try await database.cluster?.run() }]) { try await body(database) }
            }
            await close(database)
            return try outcome.get()
        }
    }

    /// Opens the database; whoever does must ``close(_:)`` it.
    ///
    /// An external database is not connected to before it is used.
    func open() async throws -> Database {
        switch settings.location {
        case .external(let connectionString):
            return database(connectionString, cluster: nil, masterKey: settings.masterKey)
        case .embedded(let directory):
            let cluster = try await EmbeddedPostgres.open(
                EmbeddedPostgresConfiguration(directory: directory),
                logger: logger
            )
            do {
                let masterKey = try settings.masterKey ?? MasterKey(bytes: cluster.loadMasterKey())
                return database(cluster.connectionString, cluster: cluster, masterKey: masterKey)
            } catch {
                await cluster.close()
                throw error
            }
        }
    }

    /// Closes the connections, and stops an embedded cluster that nobody else uses.
    func close(_ database: Database) async {
        await database.pool.shutdown(deadline: .now + .seconds(2))
        await database.cluster?.close()
    }

    private func database(_ connectionString: String, cluster: EmbeddedPostgres?, masterKey: MasterKey?) -> Database {
        let configuration = PostgresConfiguration(connectionString: connectionString)
        var limits = PostgresPoolConfiguration(connection: configuration, size: Self.poolSize, name: "command")
        // Nobody comes after a command, so it must have the time to go past silent hosts by itself.
        limits.leaseTimeout = max(limits.leaseTimeout, configuration.timeForAllHosts)
        return Database(
            configuration: configuration,
            pool: PostgresPool(limits, logger: logger),
            cluster: cluster,
            masterKey: masterKey,
            logger: logger
        )
    }
}

extension DatabaseOptions {
    /// Reads the settings and runs `body` with the database, logging warnings and worse.
    func withDatabase<Value: Sendable>(
        _ body: @escaping @Sendable (Database) async throws -> Value
    ) async throws -> Value {
        let config = try await loadSettings()
        let logger = try LogSettings(config: config, defaultLevel: .warning).logger()
        let settings = try DatabaseSettings(config: config, flags: flags)
        return try await DatabaseSession(settings: settings, logger: logger).run(body)
    }
}

extension Result where Failure == any Error {
    /// Keeps what an asynchronous piece of work returned or threw.
    nonisolated(nonsending) init(catching body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
