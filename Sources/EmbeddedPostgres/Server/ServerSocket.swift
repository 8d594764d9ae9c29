import Glibc

/// The Unix socket PostgreSQL listens on.
struct ServerSocket: Sendable {
    let path: String

    /// Whether somebody listens on the socket; a full queue counts.
    var isListening: Bool {
        let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return false }
        let file = OpenFile(descriptor: descriptor, path: path)
        _ = fcntl(file.descriptor, F_SETFD, FD_CLOEXEC)
        _ = fcntl(file.descriptor, F_SETFL, O_NONBLOCK)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let capacity = MemoryLayout.size(ofValue: address.sun_path)
        guard path.utf8.count < capacity else { return false }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(file.descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        return result == 0 || errno == EAGAIN
    }
}
