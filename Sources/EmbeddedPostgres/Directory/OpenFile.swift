import Glibc

/// An open file that closes when it goes out of scope and is never inherited by a program.
struct OpenFile: ~Copyable, Sendable {
    let descriptor: CInt
    let path: String

    /// Opens `path`, never through a symbolic link in its last component.
    init(_ path: String, flags: CInt, mode: mode_t = 0o600) throws(EmbeddedPostgresError) {
        let descriptor = open(path, flags | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else { throw EmbeddedPostgresError.systemCall("open", path) }
        self.descriptor = descriptor
        self.path = path
    }

    /// Takes over an open descriptor.
    init(descriptor: CInt, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit { _ = close(descriptor) }

    /// Reads at most `limit` bytes from where the file stands.
    func read(limit: Int) throws(EmbeddedPostgresError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: limit)
        var count = 0
        while count < limit {
            let received = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, limit - count)
            }
            if received < 0, errno == EINTR { continue }
            guard received >= 0 else { throw EmbeddedPostgresError.systemCall("read", path) }
            if received == 0 { break }
            count += received
        }
        return Array(bytes.prefix(count))
    }

    /// Writes all of `bytes` and, when `durably`, waits for the disk.
    func write(_ bytes: [UInt8], durably: Bool = false) throws(EmbeddedPostgresError) {
        var count = 0
        while count < bytes.count {
            let sent = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress.map { $0 + count }, bytes.count - count)
            }
            if sent < 0, errno == EINTR { continue }
            guard sent > 0 else { throw EmbeddedPostgresError.systemCall("write", path) }
            count += sent
        }
        if durably { try synchronise() }
    }

    /// Waits until the file's contents are on disk.
    func synchronise() throws(EmbeddedPostgresError) {
        guard fsync(descriptor) == 0 else { throw EmbeddedPostgresError.systemCall("fsync", path) }
    }
}
