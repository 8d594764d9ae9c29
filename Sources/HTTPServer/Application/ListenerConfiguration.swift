/// Where a listener listens and what it allows.
package struct ListenerConfiguration: Sendable, Hashable {
    /// The name in metrics and log: `public` or `admin`.
    package let name: String
    /// The option that changes the address, for error messages.
    package let option: String
    /// The name or address of the interface.
    package var host = "127.0.0.1"
    /// The port; 0 takes any free one.
    package var port: Int
    /// The greatest number of connections at a time; further ones wait in the kernel's queue.
    package var connectionLimit = 4096
    /// The deadlines and sizes of each connection.
    package var limits = ConnectionLimits()
    /// How long accepted requests may take to finish after shutdown began.
    package var shutdownDeadline = Duration.seconds(12)
}

extension ListenerConfiguration {
    /// The listener for senders and clients; on port 8080 of the loopback interface unless changed.
    package static let `public` = ListenerConfiguration(name: "public", option: "--listen", port: 8080)

    /// The listener for metrics and health; on port 9090 of the loopback interface unless changed, for few connections.
    package static let admin = ListenerConfiguration(
        name: "admin",
        option: "--admin-listen",
        port: 9090,
        connectionLimit: 64
    )

    /// The address as `host:port`, with brackets around an IPv6 host.
    package var address: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
