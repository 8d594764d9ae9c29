import Foundation

/// How `psql` is started: its arguments, without the password, and the variables that are added for it.
///
/// Arguments show in the list of processes and the environment does not, so the password moves there.
struct PsqlInvocation: Sendable, Hashable {
    /// The arguments after the program's name.
    let arguments: [String]
    /// The variables to add to the environment.
    let environment: [String: String]

    /// Creates the invocation for a connection string; `arguments` are handed on as they are.
    init(connectionString: String, arguments: [String]) {
        let isURI = ["postgres://", "postgresql://"].contains { connectionString.hasPrefix($0) }
        let parts = isURI ? Self.separate(uri: connectionString) : Self.separate(pairs: connectionString)
        // A connection string that begins with a dash would else be taken as an option.
        self.arguments = ["--dbname=" + parts.rest] + arguments
        environment = parts.password.map { ["PGPASSWORD": $0] } ?? [:]
    }

    /// In a URI the password stands between the first colon and the last at sign of the authority, or in the query.
    private static func separate(uri: String) -> (rest: String, password: String?) {
        var password: String?
        var parts = uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        if let start = parts[0].range(of: "://")?.upperBound {
            let authorityEnd = parts[0][start...].firstIndex(of: "/") ?? parts[0].endIndex
            if let at = parts[0][start..<authorityEnd].lastIndex(of: "@"),
                let colon = parts[0][start..<at].firstIndex(of: ":")
            {
                password = String(parts[0][parts[0].index(after: colon)..<at]).removingPercentEncoding
                parts[0].removeSubrange(colon..<at)
            }
        }
        if parts.count == 2 {
            var items = parts[1].split(separator: "&").map(String.init)
            for item in items where item.hasPrefix("password=") {
                password = String(item.dropFirst("password=".count)).removingPercentEncoding
            }
            items.removeAll { $0.hasPrefix("password=") }
            parts = items.isEmpty ? [parts[0]] : [parts[0], items.joined(separator: "&")]
        }
        return (parts.joined(separator: "?"), password)
    }

    /// In `key=value` pairs the password may stand in quotes, with backslashes before quotes and backslashes.
    private static func separate(pairs: String) -> (rest: String, password: String?) {
        let pattern = /(?:^|\s)password\s*=\s*(?:'(?<quoted>(?:[^'\\]|\\.)*)'|(?<plain>(?:[^\s\\]|\\.)*))/
        guard let match = pairs.firstMatch(of: pattern) else { return (pairs, nil) }
        var rest = pairs
        rest.removeSubrange(match.range)
        let escaped = match.output.quoted ?? match.output.plain ?? ""
        let password = String(escaped).replacing(/\\(.)/) { String($0.output.1) }
        return (rest.trimmingCharacters(in: .whitespaces), password)
    }
}

/// It runs in the foreground: it shares the terminal, standard input and output with this process.
extension PsqlInvocation {
    /// Replaces this process by `psql`, found along `PATH`.
    ///
    /// - Throws: `programMissing` when it cannot be started.
    func replaceProcess() throws(CommandError) -> Never {
        environment.forEach { setenv($0.key, $0.value, 1) }
        Self.withCStrings(["psql"] + arguments) { _ = execvp("psql", $0) }
        throw Self.missing("psql")
    }

    /// Starts a `psql` and waits for its end on a thread of its own; returns its exit code.
    ///
    /// - Throws: `programMissing` when it cannot be started.
    func run(_ program: String) async throws -> CInt {
        let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }.map { "\($0.key)=\($0.value)" }
        var pid: pid_t = 0
        var failure: CInt = 0
        Self.withCStrings([program] + arguments) { arguments in
            Self.withCStrings(variables) { failure = posix_spawnp(&pid, program, nil, nil, arguments, $0) }
        }
        guard failure == 0 else { throw Self.missing(program) }
        let child = pid
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var status: CInt = 0
                while waitpid(child, &status, 0) == -1, errno == EINTR {}
                let isExit = status & 0x7F == 0
                continuation.resume(returning: isExit ? status >> 8 & 0xFF : 128 + status & 0x7F)
            }
        }
    }

    /// The error about a program that is not there.
    private static func missing(_ program: String) -> CommandError {
        CommandError(
            .programMissing,
            "The program \(program) cannot be run. Install it, on Debian with `apt install postgresql-client`."
        )
    }

    private static func withCStrings(
        _ texts: [String],
        _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Void
    ) {
        let pointers = texts.map { strdup($0) } + [nil]
        defer { pointers.forEach { free($0) } }
        pointers.withUnsafeBufferPointer { buffer in
            if let base = buffer.baseAddress { body(base) }
        }
    }
}
