import Foundation

/// Where an embedded cluster lives and how long its steps may take.
package struct EmbeddedPostgresConfiguration: Sendable {
    /// The bounds of every wait.
    package struct Deadlines: Sendable {
        /// How long there may be no living postmaster before `open` or `run` gives up; default 60 s.
        package var absence: Duration = .seconds(60)
        /// How long a living postmaster may take to accept connections (crash recovery); default 10 min.
        package var recovery: Duration = .seconds(600)
        /// How long making a new cluster may take; default 2 min.
        package var initialisation: Duration = .seconds(120)
        /// How long a fast stop may take before it becomes an immediate one; default 30 s.
        package var fastStop: Duration = .seconds(30)
        /// How long an immediate stop may take before `close` stops waiting; default 10 s.
        package var immediateStop: Duration = .seconds(10)
        /// How long the sessions of a dead postmaster may go on before they are ended; default 5 s.
        package var remnants: Duration = .seconds(5)

        /// Makes the default deadlines.
        package init() {}
    }

    /// The directory that holds `data`, `run`, `lock`, `users`, `master.key`, `hooklog.conf` and `postgres.log`.
    package var directory: String
    /// The only directory to take PostgreSQL's programs from (`HOOKLOG_POSTGRES_BIN`); default none: search.
    package var programDirectory: String?
    /// The directory with one folder per installed major version; default `/usr/lib/postgresql`.
    package var installationsDirectory = "/usr/lib/postgresql"
    /// The directories to search after that, separated by colons (`PATH`).
    package var searchPath: String
    /// Where the socket goes when its path under `directory` is too long; default `/tmp`.
    ///
    /// All processes that share a directory must agree on it.
    package var temporaryDirectory = "/tmp"
    /// The user that PostgreSQL runs as when the process is root; default `postgres`.
    package var serverUserName = "postgres"
    /// How often `run` looks whether the postmaster lives; default 250 ms.
    package var supervisionInterval: Duration = .milliseconds(250)
    /// The bounds of every wait.
    package var deadlines = Deadlines()

    /// Makes a configuration with defaults for `directory`, which need not exist.
    ///
    /// Reads `HOOKLOG_POSTGRES_BIN` and `PATH` from `environment`.
    package init(directory: String, environment: [String: String] = ProcessInfo.processInfo.environment) {
        self.directory = directory
        self.programDirectory = environment["HOOKLOG_POSTGRES_BIN"].flatMap { $0.isEmpty ? nil : $0 }
        self.searchPath = environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    }
}
