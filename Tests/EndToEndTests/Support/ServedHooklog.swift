import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// A Hooklog of the built binary, on an embedded PostgreSQL in a directory of its own, or on another database.
actor ServedHooklog {
    nonisolated let directory: URL
    nonisolated let port: Int
    nonisolated let adminPort: Int
    private let settings: [String: String]
    private var process: Process?

    /// Runs `body` with a Hooklog that serves; afterwards it is stopped and its directory removed.
    static func with(
        arguments: [String] = [],
        _ body: @Sendable (ServedHooklog) async throws -> Void
    ) async throws {
        try await with(ServedHooklog(), arguments: arguments, body)
    }

    /// Runs `body` with a Hooklog on a disk of its own, where one can be mounted.
    static func withDisk(_ body: @Sendable (ServedHooklog, SmallDisk?) async throws -> Void) async throws {
        let hooklog = try ServedHooklog()
        let disk = try await SmallDisk.mount(on: hooklog.directory)
        do {
            try await with(hooklog) { try await body($0, disk) }
        } catch {
            await disk?.remove()
            throw error
        }
        await disk?.remove()
        try? FileManager.default.removeItem(at: hooklog.directory)
    }

    /// Runs `body` with a Hooklog that is not started yet; afterwards it is stopped and its directory removed.
    static func with(
        _ hooklog: ServedHooklog,
        arguments: [String] = [],
        _ body: (ServedHooklog) async throws -> Void
    ) async throws {
        do {
            try await hooklog.start(arguments)
            try await body(hooklog)
            _ = try await hooklog.stop()
        } catch {
            let log = hooklog.log.suffix(4000)
            _ = try? await hooklog.stop(with: SIGKILL)
            print("the log of the Hooklog under test ends so:\n\(log)")
            throw error
        }
        try? FileManager.default.removeItem(at: hooklog.directory)
    }

    /// A Hooklog that is yet to be started.
    ///
    /// - Parameters:
    ///   - database: The connection string of its database; the embedded one without.
    ///   - environment: Further variables.
    init(on database: String? = nil, environment: [String: String] = [:]) throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "hooklog-\(UInt32.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(
            at: directory,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o755]
        )
        (port, adminPort) = try FreePorts.pair()
        let place = database.map { ["HOOKLOG_DATABASE_URL": $0, "HOOKLOG_MASTER_KEY": Self.masterKey] }
        settings = (place ?? ["HOOKLOG_EMBEDDED_POSTGRES": directory.path]).merging(environment) { $1 }
    }

    private static let masterKey = Data(repeating: 7, count: 32).base64EncodedString()

    /// The number of the process, while it runs.
    var processID: pid_t? { process?.processIdentifier }

    nonisolated var url: String { "http://127.0.0.1:\(port)" }
    nonisolated var adminURL: String { "http://127.0.0.1:\(adminPort)" }
    nonisolated var logFile: URL { directory.appending(path: "serve.log") }
    nonisolated var log: String { (try? String(contentsOf: logFile, encoding: .utf8)) ?? "" }

    /// Starts `serve` and returns when it is ready.
    func start(_ arguments: [String] = []) async throws {
        try spawn(arguments)
        try await waitUntilReady()
    }

    /// Starts `serve` and returns at once.
    func spawn(_ arguments: [String] = []) throws {
        let process = Process()
        process.executableURL = HooklogBinary.url
        process.arguments =
            ["serve", "--listen", "127.0.0.1:\(port)", "--admin-listen", "127.0.0.1:\(adminPort)"] + arguments
        process.environment = environment
        if !FileManager.default.fileExists(atPath: logFile.path) { try Data().write(to: logFile) }
        let handle = try FileHandle(forWritingTo: logFile)
        try handle.seekToEnd()
        process.standardOutput = handle
        process.standardError = handle
        process.standardInput = FileHandle.nullDevice
        try process.run()
        self.process = process
    }

    /// Returns when `/readyz` answers 200; throws when the process ends first or does not come up in time.
    func waitUntilReady() async throws {
        let adminURL = adminURL
        try await OtherProcess.wait(for: "Hooklog to be ready", log: { String(log.suffix(2000)) }) {
            guard process?.isRunning == true else {
                throw OtherProcess.Failure(expectation: "Hooklog to run", log: String(log.suffix(2000)))
            }
            return await OtherProcess.isReady(adminURL)
        }
    }

    /// Sends the process a signal and waits for its end; returns its exit status.
    @discardableResult
    func stop(with signal: Int32 = SIGTERM) async throws -> Int32 {
        guard let process else { return 0 }
        self.process = nil
        if process.isRunning { kill(process.processIdentifier, signal) }
        await Self.end(of: process)
        if signal == SIGKILL { stopOrphanedPostgres() }
        return process.terminationStatus
    }

    /// Kills the process as a crash would, and leaves PostgreSQL as that leaves it.
    func crash() async {
        guard let process else { return }
        self.process = nil
        kill(process.processIdentifier, SIGKILL)
        await Self.end(of: process)
    }

    /// Kills PostgreSQL's postmaster as a crash would; returns when another one has taken its place.
    nonisolated func crashPostgres() async throws {
        guard let killed = postmaster, kill(killed, SIGKILL) == 0 else {
            throw OtherProcess.Failure(expectation: "a PostgreSQL to kill", log: String(log.suffix(2000)))
        }
        try await OtherProcess.wait(for: "PostgreSQL to come back", log: { String(log.suffix(2000)) }) {
            postmaster != nil && postmaster != killed
        }
    }

    /// Runs another command on the same directory.
    nonisolated func run(_ arguments: String..., input: String? = nil) async throws -> CommandOutcome {
        try await run(arguments, input: input)
    }

    /// Runs another command on the same directory.
    nonisolated func run(_ arguments: [String], input: String? = nil) async throws -> CommandOutcome {
        try await HooklogBinary.run(arguments, environment: environment, input: input)
    }

    /// Runs another command that must succeed, and returns what it printed.
    nonisolated func output(of arguments: String..., input: String? = nil) async throws -> String {
        try await output(of: arguments, input: input)
    }

    /// Runs another command that must succeed, and returns what it printed.
    nonisolated func output(of arguments: [String], input: String? = nil) async throws -> String {
        let outcome = try await run(arguments, input: input)
        guard outcome.status == 0 else { throw CommandFailed(arguments: arguments, outcome: outcome) }
        return outcome.output
    }

    /// Runs a query through `hooklog psql` and returns its bare output.
    nonisolated func query(_ sql: String) async throws -> String {
        try await output(of: "psql", "--", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", sql)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The answer to a GET with a key.
    nonisolated func get(_ path: String, key: String, headers: [String: String] = [:]) async throws -> (Int, String) {
        var request = HTTPClientRequest(url: url + path)
        request.headers.add(name: "Authorization", value: "Bearer \(key)")
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
        return (Int(response.status.code), String(buffer: try await response.body.collect(upTo: 1 << 22)))
    }

    /// A page of the admin listener.
    nonisolated func adminPage(_ path: String) async throws -> String {
        let request = HTTPClientRequest(url: adminURL + path)
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
        return String(buffer: try await response.body.collect(upTo: 1 << 22))
    }

    private nonisolated var environment: [String: String] {
        ProcessInfo.processInfo.environment.merging(settings) { $1 }
    }

    private nonisolated var postmaster: pid_t? {
        let file = directory.appending(path: "data/postmaster.pid")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
        return text.split(separator: "\n").first.flatMap { pid_t($0) }
    }

    /// The processes of the PostgreSQL that runs: the postmaster and its children.
    nonisolated func postgresProcesses() throws -> [pid_t] {
        guard let postmaster else { return [] }
        let children = try String(contentsOfFile: "/proc/\(postmaster)/task/\(postmaster)/children", encoding: .utf8)
        return [postmaster] + children.split(separator: " ").compactMap { pid_t($0) }
    }

    private nonisolated func stopOrphanedPostgres() {
        guard let number = postmaster else { return }
        kill(number, SIGQUIT)
    }

    @concurrent
    private static func end(of process: Process) async {
        process.waitUntilExit()
    }
}

/// A command that should have succeeded.
struct CommandFailed: Error {
    let arguments: [String]
    let outcome: CommandOutcome
}
