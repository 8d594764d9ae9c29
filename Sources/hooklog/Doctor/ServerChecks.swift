import Postgres

/// What `doctor` finds in a server's own account of itself.
struct ServerChecks: Sendable, Hashable {
    /// The oldest version that Hooklog runs on, as PostgreSQL numbers it.
    static let oldestVersion = 140_000
    /// How far the clocks of this host and the server may differ before it is worth a warning, and a failure.
    static let clockWarning = Duration.seconds(5)
    static let clockFailure = Duration.seconds(60)

    let version: Int
    let versionText: String
    let roleName: String
    let isInRecovery: Bool
    let fsync: String
    let synchronousCommit: String
    let fullPageWrites: String
    /// This host's clock minus the server's.
    let clockDifference: Duration

    /// Every finding, in the order in which they are printed.
    var findings: [Finding] { [server, durability, clock] }

    private var server: Finding {
        guard version >= Self.oldestVersion else {
            return .fail("server", "PostgreSQL is version \(versionText)", remedy: "Upgrade it to 14 or newer.")
        }
        guard !isInRecovery else {
            return .fail(
                "server",
                "this PostgreSQL is a standby and takes no writes, so that only `hooklog serve --roles api` can work here",
                remedy: "For everything else name the primary in the connection string, or several hosts with"
                    + " target_session_attrs=primary."
            )
        }
        return .ok("server", "PostgreSQL \(versionText), connected as \(roleName)")
    }

    private var durability: Finding {
        let values = [
            ("fsync", fsync, fsync != "on"),
            ("synchronous_commit", synchronousCommit, ["off", "local"].contains(synchronousCommit)),
            ("full_page_writes", fullPageWrites, fullPageWrites != "on"),
        ]
        let unsafe = values.filter(\.2).map { "\($0.0) is \($0.1)" }
        guard !unsafe.isEmpty else { return .ok("durability", "a commit is on disk before it is acknowledged") }
        return .fail(
            "durability",
            unsafe.joined(separator: ", ") + ", so a crash may lose acknowledged events",
            remedy: "Set it to on with ALTER SYSTEM (or ALTER ROLE, ALTER DATABASE) and reload."
        )
    }

    private var clock: Finding {
        let size = clockDifference < .zero ? .zero - clockDifference : clockDifference
        let message = "this host and the database differ by \(Moment.text(of: size))"
        guard size > Self.clockWarning else { return .ok("clock", message) }
        let remedy = "Let both synchronise their clocks; signatures are refused from 300 s on."
        return Finding(size > Self.clockFailure ? .fail : .warn, "clock", message, remedy: remedy)
    }
}

extension ServerChecks {
    /// Reads the row of `doctor_read_server`.
    ///
    /// - Parameter now: This host's clock in the middle of the call.
    init(_ row: PostgresRow, now: PostgresTimestamp) throws(PostgresError) {
        version = Int(try row["version", as: Int32.self])
        versionText = try row["version_text"]
        roleName = try row["role_name"]
        isInRecovery = try row["in_recovery"]
        fsync = try row["fsync"]
        synchronousCommit = try row["synchronous_commit"]
        fullPageWrites = try row["full_page_writes"]
        clockDifference = now.duration(since: try row["server_time"])
    }
}
