import NIOCore

/// The names by which a listener may be asked for.
///
/// A page in an operator's browser may have its own name point to an address that only the operator reaches, and then
/// reads what is there as if it were its own. It cannot choose the name that the browser sends.
package struct HostNames: Sendable, Hashable {
    /// How an operator allows every name.
    package static let any = "*"

    private let hosts: Set<Host>
    private let allowsEveryName: Bool
    private let allowsEveryAddress: Bool

    /// Allows loopback names and addresses, what is listened on, and more names; `*` is every name.
    ///
    /// Who listens on every address may be asked for by any, since no name was looked up for that.
    package init(listeningOn host: String, and more: [String] = []) {
        hosts = Set((["localhost", host] + more).map { Host($0) })
        allowsEveryName = host == Self.any || more.contains(Self.any)
        allowsEveryAddress = Host(host).isEveryAddress
    }

    /// Whether a Host field's value names one of them, whatever the port.
    package func allow(_ authority: String) -> Bool {
        if allowsEveryName { return true }
        guard let host = Host(authority: authority) else { return false }
        guard case .address = host else { return hosts.contains(host) }
        return allowsEveryAddress || host.isLoopback || hosts.contains(host)
    }
}

/// A name, or an address however it is spelled.
private enum Host: Sendable, Hashable {
    /// In lower case, without the dot of the root.
    case name(String)
    /// Its four or sixteen bytes; an IPv4 address within IPv6 is the former.
    case address([UInt8])

    init(_ text: String) {
        var name = text.lowercased()
        if name.hasSuffix(".") { name.removeLast() }
        if name.hasPrefix("["), name.hasSuffix("]") { name = String(name.dropFirst().dropLast()) }
        self = Self.bytes(of: name).map(Self.address) ?? .name(name)
    }

    /// The host of `host:port`; nil when it is not of that form, or an address with a zone, which no client sends.
    init?(authority: String) {
        let isBracketed = authority.hasPrefix("[")
        let end = authority.firstIndex(of: isBracketed ? "]" : ":")
        guard let end = end ?? (isBracketed ? nil : authority.endIndex) else { return nil }
        let host = authority[..<end].dropFirst(isBracketed ? 1 : 0)
        let port = authority[end...].dropFirst(isBracketed ? 1 : 0)
        guard !host.isEmpty, host.contains(":") == isBracketed, !host.contains("%"), Self.isPort(port)
        else { return nil }
        self.init(String(host))
    }

    private static func isPort(_ text: Substring) -> Bool {
        text.isEmpty || text.first == ":" && text.dropFirst().allSatisfy { $0.isASCII && $0.isNumber }
    }

    var isEveryAddress: Bool {
        guard case .address(let bytes) = self else { return false }
        return bytes.allSatisfy { $0 == 0 }
    }

    var isLoopback: Bool {
        guard case .address(let bytes) = self else { return false }
        return bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
    }

    private static func bytes(of text: String) -> [UInt8]? {
        // What reads it would stop at a NUL.
        guard !text.utf8.contains(0) else { return nil }
        switch try? SocketAddress(ipAddress: text, port: 0) {
        case .v4(let address): return withUnsafeBytes(of: address.address.sin_addr) { Array($0) }
        case .v6(let address):
            let bytes = withUnsafeBytes(of: address.address.sin6_addr) { Array($0) }
            let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xff && bytes[11] == 0xff
            return isMapped ? Array(bytes.suffix(4)) : bytes
        case .unixDomainSocket, nil: return nil
        }
    }
}
