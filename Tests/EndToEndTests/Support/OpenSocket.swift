import Glibc

/// A TCP connection to a port of this machine that says what it is told to, and stays open.
struct OpenSocket {
    private let descriptor: Int32

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                Glibc.connect(descriptor, generic, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard descriptor >= 0, connected else { throw POSIXFailure(number: errno) }
    }

    /// Sends text whole.
    func send(_ text: String) throws {
        let bytes = Array(text.utf8)
        guard write(descriptor, bytes, bytes.count) == bytes.count else { throw POSIXFailure(number: errno) }
    }

    /// Waits for the beginning of an answer.
    func receive() throws {
        var bytes = [UInt8](repeating: 0, count: 4096)
        guard read(descriptor, &bytes, bytes.count) > 0 else { throw POSIXFailure(number: errno) }
    }

    func close() {
        _ = Glibc.close(descriptor)
    }
}
