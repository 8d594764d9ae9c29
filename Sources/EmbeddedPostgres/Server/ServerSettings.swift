import Foundation

/// The settings an embedded cluster runs with, written to `hooklog.conf` beside `data`.
///
/// The file is PostgreSQL's configuration file; it begins by including the one `initdb` wrote. It stands outside `data`
/// because root writes it, and root writes nothing where another user could put a symbolic link in its way.
/// `ALTER SYSTEM` overrides it.
struct ServerSettings: Sendable, Equatable {
    private static let mebibyte: UInt64 = 1 << 20

    /// The bytes of memory PostgreSQL may count on.
    let memory: UInt64

    /// The file's text.
    var contents: String {
        let lines = [
            "# Written by hooklog at every start of PostgreSQL; use ALTER SYSTEM to change a setting.",
            "include 'data/postgresql.conf'",
            "listen_addresses = ''",
            "port = 5432",
            "unix_socket_permissions = 0700",
            "max_connections = 100",
            "shared_buffers = '\(sharedBuffers)MB'",
            "max_wal_size = '2GB'",
            "wal_level = replica",
            "fsync = on",
            "synchronous_commit = on",
            "full_page_writes = on",
            "logging_collector = off",
            "log_destination = 'stderr'",
            "log_line_prefix = '%m [%p] '",
            "log_timezone = 'UTC'",
            "timezone = 'UTC'",
            "lc_messages = 'C'",
            "log_error_verbosity = terse",
            "log_parameter_max_length = 0",
            "log_parameter_max_length_on_error = 0",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    /// Mebibytes of shared buffers: 256 from 2 GiB of memory on, 128 from 512 MiB on, else 32.
    private var sharedBuffers: Int {
        if memory >= 2_048 * ServerSettings.mebibyte { return 256 }
        return memory >= 512 * ServerSettings.mebibyte ? 128 : 32
    }

    /// The settings for this machine, or for the control group the process is confined to.
    static func forThisMachine() -> ServerSettings {
        let installed = UInt64(max(0, sysconf(CInt(_SC_PHYS_PAGES)))) * UInt64(max(0, sysconf(CInt(_SC_PAGESIZE))))
        let limit = (try? String(contentsOfFile: "/sys/fs/cgroup/memory.max", encoding: .utf8))
            .flatMap { UInt64($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        return ServerSettings(memory: min(installed, limit ?? .max))
    }

    /// Writes the file, complete or not at all, unless it says the same already.
    func write(to path: String) throws(EmbeddedPostgresError) {
        if let text = try? String(contentsOfFile: path, encoding: .utf8), text == contents { return }
        let temporary = temporaryPath(beside: path)
        let file = try OpenFile(temporary, flags: O_WRONLY | O_CREAT | O_EXCL, mode: 0o644)
        defer { _ = unlink(temporary) }
        guard fchmod(file.descriptor, 0o644) == 0 else { throw EmbeddedPostgresError.systemCall("chmod", temporary) }
        try file.write(Array(contents.utf8), durably: true)
        guard rename(temporary, path) == 0 else { throw EmbeddedPostgresError.systemCall("rename", path) }
    }
}
