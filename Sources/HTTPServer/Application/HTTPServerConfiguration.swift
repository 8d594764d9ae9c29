/// The addresses and limits of the public and the admin listener.
package struct HTTPServerConfiguration: Sendable, Hashable {
    /// The interface for senders and clients (`--listen`); default `127.0.0.1`.
    package var publicHost: String
    /// The port for senders and clients; default 8080, 0 takes any free one.
    package var publicPort: Int
    /// The interface for metrics and health (`--admin-listen`); default `127.0.0.1`.
    package var adminHost: String
    /// The port for metrics and health; default 9090, 0 takes any free one.
    package var adminPort: Int
    /// The greatest number of public connections at a time; default 4096.
    package var connectionLimit: Int
    /// The bytes that requests may take in memory, of all connections together; default 64 MiB.
    package var bodyByteCount: Int
    /// The deadlines and sizes of each connection.
    package var limits: ConnectionLimits
    /// How long accepted requests may take to finish after shutdown began; default 20 s.
    package var shutdownDeadline: Duration

    /// Creates a configuration.
    package init(
        publicHost: String = "127.0.0.1",
        publicPort: Int = 8080,
        adminHost: String = "127.0.0.1",
        adminPort: Int = 9090,
        connectionLimit: Int = 4096,
        bodyByteCount: Int = BodyBudget.defaultByteCount,
        limits: ConnectionLimits = ConnectionLimits(),
        shutdownDeadline: Duration = .seconds(12)
    ) {
        self.publicHost = publicHost
        self.publicPort = publicPort
        self.adminHost = adminHost
        self.adminPort = adminPort
        self.connectionLimit = connectionLimit
        self.bodyByteCount = bodyByteCount
        self.limits = limits
        self.shutdownDeadline = shutdownDeadline
    }

    /// The public listener.
    package var publicListener: ListenerConfiguration {
        ListenerConfiguration(
            name: "public",
            host: publicHost,
            port: publicPort,
            option: "--listen",
            connectionLimit: connectionLimit,
            limits: limits,
            shutdownDeadline: shutdownDeadline
        )
    }

    /// The admin listener; it takes few connections.
    package var adminListener: ListenerConfiguration {
        ListenerConfiguration(
            name: "admin",
            host: adminHost,
            port: adminPort,
            option: "--admin-listen",
            connectionLimit: 64,
            limits: limits,
            shutdownDeadline: shutdownDeadline
        )
    }
}
