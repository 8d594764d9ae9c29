/// A server that a connection string names: one element of its lists of hosts, addresses and ports.
struct ServerHost: Hashable, Sendable {
    /// A name, an address or a socket's folder; nil leaves it to libpq.
    var name: String?
    /// The numeric address; nil until the name is looked up.
    var address: String?
    /// The port; nil leaves it to libpq.
    var port: String?

    /// Whether the name stands for addresses that are yet to be looked up.
    var needsLookup: Bool {
        guard let name, address == nil else { return false }
        return !isSocket && !name.isEmpty
    }

    /// Whether the name is a socket's folder, or its abstract name.
    var isSocket: Bool { name.map { $0.hasPrefix("/") || $0.hasPrefix("@") } ?? false }

    /// The host without an address that was looked up for it.
    var named: ServerHost { ServerHost(name: name ?? address, address: nil, port: port) }
}
