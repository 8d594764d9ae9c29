import Postgres

/// Pools of `serve` for work that takes its time, so that nothing that is short waits behind it.
struct ServingPools: Sendable {
    /// For appends only: their statements have no time limit.
    let append: PostgresPool
    /// For projections only: their pages take their time.
    let projection: PostgresPool
    /// For users' projections only: nobody knows what their pages cost.
    let userProjection: PostgresPool
    /// For writes through the API only: their statements wait for locks.
    let command: PostgresPool
    /// For fetching only: its appends wait for a log's lock.
    let fetch: PostgresPool

    /// Creates the pools without opening a connection.
    init(_ settings: ServeSettings, on database: Database) {
        var untimed = database.configuration
        untimed.statementTimeout = nil
        func pool(_ name: String, size: Int) -> PostgresPool {
            let limits = PostgresPoolConfiguration(connection: untimed, size: size, name: name)
            return PostgresPool(limits, logger: database.logger)
        }
        let projector = settings.projections.projector
        append = pool("append", size: settings.appender.workers)
        projection = pool("projection", size: projector.concurrency + 2)
        userProjection = pool("user_projection", size: projector.forUsers.concurrency + 2)
        fetch = pool("fetch", size: 6)
        var commands = PostgresPoolConfiguration(connection: database.configuration, size: 8, name: "command")
        commands.waiterLimit = 1024
        command = PostgresPool(commands, logger: database.logger)
    }

    /// All of them.
    var all: [PostgresPool] { [append, projection, userProjection, command, fetch] }
}
