import Foundation

/// A TCP socket on 127.0.0.1 that never answers.
package struct SilentListener {
    /// How it keeps silent.
    package enum Kind {
        /// Connections are made, and nothing is said on them: a frozen server.
        case acceptsWithoutAWord
        /// The queue of connections is full, so that packets are dropped: a server that is powered off.
        case dropsPackets
    }

    private let descriptor: Int32
    /// The port it is on.
    package let port: UInt16
    private let fillers: [Int32]

    /// Binds a free port.
    package init(_ kind: Kind = .acceptsWithoutAWord) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let backlog: Int32 = kind == .dropsPackets ? 0 : 16
        let bound = Self.with(&address) { address, size in
            bind(listener, address, size.pointee) == 0 && listen(listener, backlog) == 0
                && getsockname(listener, address, size) == 0
        }
        descriptor = listener
        guard bound else { throw CocoaError(.fileReadUnknown) }
        port = UInt16(bigEndian: address.sin_port)
        fillers = kind == .dropsPackets ? (0..<4).map { _ in Self.connected(to: &address) } : []
    }

    /// Closes everything.
    package func close() {
        for descriptor in fillers + [descriptor] { _ = Foundation.close(descriptor) }
    }

    private static func connected(to address: inout sockaddr_in) -> Int32 {
        let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        _ = with(&address) { address, size in connect(client, address, size.pointee) }
        return client
    }

    private static func with<Value>(
        _ address: inout sockaddr_in,
        _ body: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Value
    ) -> Value {
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, &size) }
        }
    }
}
