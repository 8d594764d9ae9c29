import NIOCore

/// The names by which a listener may be asked for.
///
/// A page in an operator's browser may have its own name point to an address that only the operator reaches, and then
/// reads what is there as if it were its own. It cannot choose the name that the browser sends.
package struct HostNames: Sendable, Hashable {
    /// How an operator allows every name.
    package static let any = "*"

    private static let loopback: Set<String> = ["localhost", "127.0.0.1", "::1"]
    private static let wildcards: Set<String> = ["0.0.0.0", "::"]

    private let names: Set<String>
    private let allowsEveryName: Bool
    private let allowsEveryAddress: Bool

    /// Allows loopback names and addresses, what is listened on, and more names; `*` is every name.
    ///
    /// Who listens on every address may be asked for by any, since no name was looked up for that.
    package init(listeningOn host: String, and more: [String] = []) {
        let all = ([host] + more).map(Self.canonical)
        names = Self.loopback.union(all)
        allowsEveryName = all.contains(Self.any)
        allowsEveryAddress = Self.wildcards.contains(Self.canonical(host))
    }

    /// Whether a Host field's value names one of them, whatever the port.
    package func allow(_ authority: String) -> Bool {
        if allowsEveryName { return true }
        let name = Self.canonical(Self.host(of: authority))
        if names.contains(name) { return true }
        guard let address = try? SocketAddress(ipAddress: name, port: 0) else { return false }
        return allowsEveryAddress || Self.isLoopback(address)
    }

    private static func isLoopback(_ address: SocketAddress) -> Bool {
        guard case .v4(let address) = address else { return false }
        return UInt32(bigEndian: address.address.sin_addr.s_addr) >> 24 == 127
    }

    /// The value without port and without the brackets of an IPv6 address.
    private static func host(of authority: String) -> String {
        if authority.hasPrefix("["), let end = authority.lastIndex(of: "]") {
            return String(authority[..<end].dropFirst())
        }
        return String(authority.prefix { $0 != ":" })
    }

    /// The one spelling of a name: lower case, without the dot of the root.
    private static func canonical(_ name: String) -> String {
        let lower = name.lowercased()
        return lower.hasSuffix(".") ? String(lower.dropLast()) : lower
    }
}
