import Foundation

/// Runs a program in the foreground: it shares the terminal, standard input and output with this process.
enum ForegroundProcess {
    /// Replaces this process by the program, found along `PATH`; returns only when that fails, with the error number.
    static func become(_ program: String, arguments: [String], environment: [String: String]) -> CInt {
        environment.forEach { setenv($0.key, $0.value, 1) }
        withCStrings([program] + arguments) { _ = execvp(program, $0) }
        return errno
    }

    /// Starts the program and waits for its end on a thread of its own; returns its exit code.
    ///
    /// - Throws: `programMissing` when it cannot be started.
    static func run(_ program: String, arguments: [String], environment: [String: String]) async throws -> CInt {
        let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }.map { "\($0.key)=\($0.value)" }
        var pid: pid_t = 0
        var failure: CInt = 0
        withCStrings([program] + arguments) { arguments in
            withCStrings(variables) { failure = posix_spawnp(&pid, program, nil, nil, arguments, $0) }
        }
        guard failure == 0 else { throw missing(program) }
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
    static func missing(_ program: String) -> CommandError {
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
