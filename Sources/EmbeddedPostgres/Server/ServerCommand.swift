import Glibc

/// One run of a program of PostgreSQL's that ends by itself, such as `initdb`.
struct ServerCommand: Sendable {
    /// What a program left.
    struct Outcome: Sendable {
        /// What `waitpid` says of its end: 0 when it ended well.
        let status: CInt
        /// The end of what it wrote to standard output and error, at most 64 KiB.
        let output: String

        var lastLines: [String] { output.split(separator: "\n").suffix(6).map(String.init) }
    }

    private static let pollInterval: Duration = .milliseconds(10)
    private static let outputLimit = 65_536

    let session: ServerSession

    /// Runs `program` with `input` (less than a pipe's 64 KiB) and returns what it left.
    ///
    /// At the deadline or on cancellation the program and its children are killed and reaped before this throws.
    func run(
        _ program: String,
        _ arguments: [String],
        input: [UInt8] = [],
        deadline: Duration
    ) async throws(EmbeddedPostgresError) -> Outcome {
        let process = try launch(program, arguments, input: input)
        var text: [UInt8] = []
        let end = ContinuousClock.now + deadline
        while true {
            let status = ProcessTable.reap(process.pid)
            process.output.drain(into: &text, limit: ServerCommand.outputLimit)
            if let status { return Outcome(status: status, output: String(decoding: text, as: UTF8.self)) }
            let late = ContinuousClock.now >= end
            if !late, await hasSlept(ServerCommand.pollInterval) { continue }
            kill(group: process.pid)
            guard late else { throw EmbeddedPostgresError.cancelled(program) }
            throw EmbeddedPostgresError(
                code: .startTimedOut,
                path: program,
                problem: "The program \(program) did not end within \(deadline)"
            )
        }
    }

    /// A program that runs, and where its output arrives.
    private struct Running: ~Copyable {
        let pid: pid_t
        let output: OpenFile
    }

    private func launch(
        _ program: String,
        _ arguments: [String],
        input: [UInt8]
    ) throws(EmbeddedPostgresError) -> Running {
        let feed = try PipeEnds()
        let output = try PipeEnds()
        try feed.writing.write(input)
        let pid = try session.start(program, arguments, input: feed.reading, output: output.writing)
        return Running(pid: pid, output: output.reading)
    }

    private func kill(group pid: pid_t) {
        _ = Glibc.kill(-pid, SIGKILL)
        var status: CInt = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    }
}

/// Waits for `duration` and returns true, or false at once when the calling task is cancelled.
func hasSlept(_ duration: Duration) async -> Bool {
    (try? await Task.sleep(for: duration)) != nil && !Task.isCancelled
}
