import Glibc

/// Ports of this machine that nothing listens on.
enum FreePorts {
    /// Two different ports that were free a moment ago.
    static func pair() throws -> (Int, Int) {
        let first = try reserve()
        defer { close(first.socket) }
        let second = try reserve()
        defer { close(second.socket) }
        return (first.port, second.port)
    }

    private static func reserve() throws -> (socket: Int32, port: Int) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) == 0 && getsockname(descriptor, generic, &length) == 0
            }
        }
        guard descriptor >= 0, bound else { throw POSIXFailure(number: errno) }
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }
}

/// A system call that failed.
struct POSIXFailure: Error {
    let number: Int32
}
