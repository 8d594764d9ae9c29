import Foundation

/// The file that PostgreSQL's log goes to, written through a descriptor it is started with.
struct ServerLog: Sendable {
    /// The size at which the next start sets the file aside as `postgres.log.1`, replacing the last one.
    static let rotationSize = 16 * 1_024 * 1_024

    let path: String

    /// Opens the log for a postmaster about to be started, mode 0600.
    func openForAppending() throws(EmbeddedPostgresError) -> OpenFile {
        let file = try OpenFile(path, flags: O_WRONLY | O_CREAT | O_APPEND)
        guard lseek(file.descriptor, 0, SEEK_END) > off_t(ServerLog.rotationSize) else { return file }
        guard rename(path, path + ".1") == 0 else { throw EmbeddedPostgresError.systemCall("rename", path) }
        return try OpenFile(path, flags: O_WRONLY | O_CREAT | O_APPEND)
    }

    /// The last lines of the log, oldest first; empty when there is none.
    func lastLines(_ count: Int = 5) -> [String] {
        guard let file = try? OpenFile(path, flags: O_RDONLY) else { return [] }
        let size = lseek(file.descriptor, 0, SEEK_END)
        _ = lseek(file.descriptor, max(0, size - 4_096), SEEK_SET)
        guard let bytes = try? file.read(limit: 4_096) else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").suffix(count).map(String.init)
    }
}
