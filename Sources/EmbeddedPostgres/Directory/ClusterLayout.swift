import Foundation

/// The paths of one embedded cluster.
struct ClusterLayout: Sendable, Equatable {
    /// The longest socket path used; the kernel takes 107 bytes, PostgreSQL adds `.lock` to a file beside it.
    static let longestSocketPath = 100

    /// The real path of the directory.
    let directory: String
    /// The directory that holds the socket and nothing else.
    let socketDirectory: String

    /// Derives all paths from the real path of `directory`.
    init(directory: String, temporaryDirectory: String) {
        self.directory = directory
        let inside = directory + "/run"
        let name = ClusterLayout.name(of: directory)
        self.socketDirectory =
            ClusterLayout.canHoldSocket(inside) ? inside : "\(temporaryDirectory)/\(name)"
    }

    var dataDirectory: String { directory + "/data" }
    var versionFile: String { dataDirectory + "/PG_VERSION" }
    var controlFile: String { dataDirectory + "/global/pg_control" }
    var postmasterFile: String { dataDirectory + "/postmaster.pid" }
    var lockFile: String { directory + "/lock" }
    var usersFile: String { directory + "/users" }
    var masterKeyFile: String { directory + "/master.key" }
    var settingsFile: String { directory + "/hooklog.conf" }
    var logFile: String { directory + "/postgres.log" }
    var socketFile: String { socketDirectory + "/.s.PGSQL.5432" }

    /// The name PostgreSQL gives its processes, by which they are recognised in the process table.
    var clusterName: String { ClusterLayout.name(of: directory) }

    /// The libpq connection string of the cluster's database and superuser.
    var connectionString: String {
        "host=\(ClusterLayout.quoted(socketDirectory)) port=5432 dbname=hooklog user=hooklog"
    }

    /// Whether libpq and `unix_socket_directories`, both lists separated by commas, can name a socket in `path`.
    private static func canHoldSocket(_ path: String) -> Bool {
        path.utf8.count + "/.s.PGSQL.5432".utf8.count <= longestSocketPath
            && !path.contains(",") && !path.contains("\"")
    }

    /// A name made of the 64-bit FNV-1a hash of `directory`, the same in every process.
    private static func name(of directory: String) -> String {
        let hash = directory.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return String(format: "hooklog-%016lx", hash)
    }

    /// Quotes a value for a libpq connection string where it needs quotes.
    private static func quoted(_ value: String) -> String {
        guard value.contains(where: { $0 == "'" || $0 == "\\" || $0.isWhitespace }) else { return value }
        let escaped = value.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
        return "'\(escaped)'"
    }
}
