import CSpawn
import Glibc

/// How PostgreSQL's programs are started: as the server's user, in a session of their own, with nothing inherited.
///
/// A session of its own keeps the terminal's Ctrl-C away. The environment is fixed, so that no `PG…` variable of the
/// caller changes what is started.
struct ServerSession: Sendable {
    private static let environment = ["PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C", "TZ=UTC"]
    private static let switchUserProgram = "/usr/bin/setpriv"

    let user: ServerUser

    /// Starts `program` and returns its process id, which is that of its session and group, too.
    ///
    /// The caller has to reap the process. `output` becomes its standard output and error.
    func start(
        _ program: String,
        _ arguments: [String],
        input: borrowing OpenFile,
        output: borrowing OpenFile
    ) throws(EmbeddedPostgresError) -> pid_t {
        let command = try commandLine(program, arguments)
        var pid: pid_t = 0
        let error = withCStrings(command) { argv in
            withCStrings(ServerSession.environment) { environment in
                hooklog_spawn_session(&pid, argv, environment, input.descriptor, output.descriptor)
            }
        }
        guard error == 0 else {
            throw EmbeddedPostgresError(
                code: .systemCallFailed,
                path: program,
                problem: "The program \(program) cannot be started",
                systemError: error
            )
        }
        return pid
    }

    private func commandLine(_ program: String, _ arguments: [String]) throws(EmbeddedPostgresError) -> [String] {
        guard user.differsFromProcess else { return [program] + arguments }
        guard access(ServerSession.switchUserProgram, X_OK) == 0 else {
            throw EmbeddedPostgresError(
                code: .serverUserMissing,
                path: ServerSession.switchUserProgram,
                problem: "PostgreSQL does not run as root, and \(ServerSession.switchUserProgram) is missing",
                remedy: "run `apt-get install util-linux`, or run hooklog as another user than root"
            )
        }
        let identity = ["--reuid=\(user.uid)", "--regid=\(user.gid)", "--init-groups", "--"]
        return [ServerSession.switchUserProgram] + identity + [program] + arguments
    }
}

/// Lends `strings` as the null-terminated array that `exec` takes.
private func withCStrings<Result>(
    _ strings: [String],
    _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
    let copies = strings.map { strdup($0) }
    defer { copies.forEach { free($0) } }
    return body(copies + [nil])
}
