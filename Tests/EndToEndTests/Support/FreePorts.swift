import Glibc

/// Ports of this machine that nothing listens on.
enum FreePorts {
    /// Two different ports that were free a moment ago.
    ///
    /// They lie below those that Linux gives to outgoing connections, one of which would take a port before its server does.
    static func pair() throws -> (Int, Int) {
        let first = try reserve()
        defer { close(first.socket) }
        let second = try reserve()
        defer { close(second.socket) }
        return (first.port, second.port)
    }

    private static func reserve() throws -> (socket: Int32, port: Int) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw POSIXFailure(number: errno) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        for _ in 0..<100 {
            let port = UInt16.random(in: 10_240..<32_768)
            address.sin_port = port.bigEndian
            let bound = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) == 0 }
            }
            if bound { return (descriptor, Int(port)) }
        }
        let failure = POSIXFailure(number: errno)
        close(descriptor)
        throw failure
    }
}

/// A system call that failed.
struct POSIXFailure: Error {
    let number: Int32
}
