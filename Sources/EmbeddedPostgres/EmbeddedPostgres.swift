import Foundation
import Logging
import ServiceLifecycle

/// A private PostgreSQL cluster in a directory, shared by all processes that open the directory.
///
///     DIR/data           the cluster; PostgreSQL's user's own
///     DIR/run            the Unix socket, open to PostgreSQL's user only (and root); there is no TCP port
///     DIR/master.key     32 random bytes as base64, mode 0600
///     DIR/hooklog.conf   the settings, written at every start
///     DIR/postgres.log   PostgreSQL's log
///     DIR/lock           locked by the owner: the process that starts, restarts and stops the cluster
///     DIR/users          locked shared by every process that uses the cluster
///
/// **Who owns it.** Whoever gets `lock`. The first process makes and starts the cluster; later ones find the lock taken and
/// connect. Every process keeps asking for the lock, in `run`, so that when the owner ends, in whatever way, another one
/// takes over: the kernel releases the locks of a killed process. A process that gets the lock and finds the cluster
/// running adopts it.
///
/// **Who stops it.** The last to leave, in `close` (see `ClosingStateMachine`). When the last one is killed, the cluster
/// stays up, in a session of its own; the next process adopts it and stops it at its own end.
///
/// **What it survives.** A killed Hooklog: as above. A killed postmaster: the owner's `run` waits for the old sessions to
/// end (they are told to after five seconds; PostgreSQL does not start beside them), then starts it again, for up to a
/// minute. A full disk or a kill during the first start: the cluster is made beside and moved into place. What was
/// committed is there after any of these; durability settings are those PostgreSQL ships with.
///
/// **Users.** PostgreSQL does not run as root. A root process runs it as `postgres`, through `setpriv`; the cluster's files
/// are that user's, `lock`, `users` and `master.key` are root's. Any other process runs it as itself.
///
/// Processes that share a directory should see each other's processes: beyond the borders of a container a cluster can be
/// used but not taken over.
package actor EmbeddedPostgres: Service {
    /// The libpq connection string of the database `hooklog` as its superuser `hooklog`.
    package nonisolated var connectionString: String { layout.connectionString }
    /// The directory of PostgreSQL's programs, `psql` among them where the client is installed.
    package nonisolated var programDirectory: String { programs.directory }

    /// Returns the 32 bytes of `master.key`, made together with the cluster.
    ///
    /// Throws `masterKeyMissing` when the file is gone: a new key could not open what the old one sealed.
    package nonisolated func loadMasterKey() throws(EmbeddedPostgresError) -> [UInt8] {
        try MasterKeyFile(path: layout.masterKeyFile).load()
    }

    let configuration: EmbeddedPostgresConfiguration
    nonisolated let layout: ClusterLayout
    let preparation: DirectoryPreparation
    let command: ServerCommand
    nonisolated let postmaster: Postmaster
    let programs: ServerPrograms
    let logger: Logger
    let lock: LockFile
    let users: LockFile
    /// When the state machine's time began.
    let opening = ContinuousClock.now

    var machine: SupervisionStateMachine
    /// The postmaster this process started, while it lives or was not reaped.
    var child: pid_t?
    var isServing = false
    var isClosed = false

    /// Makes, starts or adopts the cluster in the configured directory, or joins the process that does, and returns when
    /// it accepts connections.
    ///
    /// Throws at a deadline, and with code `cancelled` when the calling task is cancelled. Whatever was started is stopped
    /// again when this throws, unless another process uses it.
    package static func open(
        _ configuration: EmbeddedPostgresConfiguration,
        logger: Logger
    ) async throws(EmbeddedPostgresError) -> EmbeddedPostgres {
        let cluster = try await EmbeddedPostgres(joining: configuration, logger: logger)
        do {
            try await cluster.becomeReady()
            return cluster
        } catch {
            await cluster.close()
            throw error
        }
    }

    /// Registers this process as a user of the directory.
    private init(
        joining configuration: EmbeddedPostgresConfiguration,
        logger: Logger
    ) async throws(EmbeddedPostgresError) {
        let user = try ServerUser.find(configuration.serverUserName)
        let preparation = DirectoryPreparation(serverUser: user)
        let directory = try preparation.prepare(configuration.directory)
        let layout = ClusterLayout(directory: directory, temporaryDirectory: configuration.temporaryDirectory)
        let command = ServerCommand(session: ServerSession(user: user))
        let users = try LockFile(layout.usersFile)
        try await Self.share(users, of: layout, configuration.deadlines)
        let state = ClusterState(of: layout)
        let search = ServerProgramsSearch(configuration: configuration, command: command)
        let programs = try await search.find(clusterVersion: state.majorVersion)
        let lock = try LockFile(layout.lockFile)
        self.configuration = configuration
        self.layout = layout
        self.preparation = preparation
        self.command = command
        self.postmaster = Postmaster(layout: layout, session: command.session)
        self.programs = programs
        self.logger = logger
        self.lock = lock
        self.users = users
        self.machine = SupervisionStateMachine(deadlines: configuration.deadlines)
    }

    /// Takes the shared lock, which is refused only while the last process to leave stops the cluster.
    private static func share(
        _ users: borrowing LockFile,
        of layout: ClusterLayout,
        _ deadlines: EmbeddedPostgresConfiguration.Deadlines
    ) async throws(EmbeddedPostgresError) {
        let end = ContinuousClock.now + deadlines.fastStop + deadlines.immediateStop + .seconds(5)
        while !users.tryShared() {
            guard .now < end else {
                throw EmbeddedPostgresError(
                    code: .inUse,
                    path: layout.directory,
                    problem: "Another process has been stopping the PostgreSQL in \(layout.directory) for too long",
                    remedy: "try again when it has ended; `fuser \(layout.usersFile)` names it"
                )
            }
            guard await hasSlept(SupervisionStateMachine.pollInterval) else {
                throw EmbeddedPostgresError.cancelled(layout.directory)
            }
        }
    }
}
