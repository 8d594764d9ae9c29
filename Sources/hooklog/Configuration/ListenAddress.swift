/// An address to listen on: a host and a port.
struct ListenAddress: Sendable, Hashable, CustomStringConvertible {
    /// The host's name or number, without brackets.
    let host: String
    /// The port; 0 lets the system choose a free one.
    let port: Int

    /// The address as it is written in settings.
    var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

extension ListenAddress {
    /// Reads `host:port`, `[IPv6]:port`, or `:port` for every address of the machine.
    init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            return nil
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
            guard !host.isEmpty else { return nil }
        } else if host.contains(":") {
            return nil
        }
        self.init(host: host.isEmpty ? "0.0.0.0" : String(host), port: Int(port))
    }
}
