/// Where a listener listens and what it allows.
package struct ListenerConfiguration: Sendable, Hashable {
    /// The name in metrics and log: `public` or `admin`.
    package var name: String
    /// The name or address of the interface.
    package var host: String
    /// The port; 0 takes any free one.
    package var port: Int
    /// The option that changes the address, for error messages.
    package var option: String
    /// The greatest number of connections at a time; further ones wait in the kernel's queue.
    package var connectionLimit: Int
    /// The deadlines and sizes of each connection.
    package var limits: ConnectionLimits
    /// How long accepted requests may take to finish after shutdown began.
    package var shutdownDeadline: Duration

    /// Creates a configuration.
    package init(
        name: String,
        host: String,
        port: Int,
        option: String,
        connectionLimit: Int = 4096,
        limits: ConnectionLimits = ConnectionLimits(),
        shutdownDeadline: Duration = .seconds(12)
    ) {
        self.name = name
        self.host = host
        self.port = port
        self.option = option
        self.connectionLimit = connectionLimit
        self.limits = limits
        self.shutdownDeadline = shutdownDeadline
    }

    /// The address as `host:port`, with brackets around an IPv6 host.
    package var address: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
