import Foundation
import Synchronization

/// A PostgreSQL server that is a child of the test process.
///
/// The kernel kills a child with the *thread* that started it, so that thread stays until the child is gone.
final class ServerProcess: Sendable {
    /// A command that could not be run or failed.
    struct Failure: Error {
        let command: String
    }

    private struct State {
        var identifier: pid_t?
        var hasStarted = false
        var hasEnded = false
    }

    private let condition = NSCondition()
    private let state = Mutex(State())

    /// The process, for signals.
    var identifier: pid_t { read { $0.identifier } ?? 0 }
    var isRunning: Bool { read { !$0.hasEnded } }

    init(_ command: [String], environment: [String: String], log: URL) throws {
        let thread = Thread { self.runServer(command, environment, log: log) }
        thread.name = "postgres-server"
        thread.start()
        wait { $0.hasStarted }
        guard read({ $0.identifier }) != nil else { throw Failure(command: command.joined(separator: " ")) }
    }

    /// Sends a signal and waits until the process is gone.
    func kill(_ signal: Int32) {
        _ = Foundation.kill(identifier, signal)
        wait { $0.hasEnded }
    }

    private func runServer(_ command: [String], _ environment: [String: String], log: URL) {
        let process = Self.process(command, dyingWithParent: true)
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        _ = FileManager.default.createFile(atPath: log.path, contents: nil)
        let output = FileHandle(forWritingAtPath: log.path) ?? .nullDevice
        _ = try? output.seekToEnd()
        process.standardOutput = output
        process.standardError = output
        let started = (try? process.run()) != nil
        change {
            $0.identifier = started ? process.processIdentifier : nil
            $0.hasStarted = true
        }
        if started { process.waitUntilExit() }
        change { $0.hasEnded = true }
    }

    /// Runs a command to its end as the server's user.
    ///
    /// It holds no thread meanwhile: tasks have as many as there are processors, and a cluster may take half a minute.
    static func run(_ command: [String]) async throws {
        let process = process(command, dyingWithParent: false)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let status = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        guard status == 0 else { throw Failure(command: command.joined(separator: " ")) }
    }

    /// Runs a command to its end and tells whether it succeeded.
    static func succeeds(_ command: [String]) async -> Bool {
        do {
            try await run(command)
            return true
        } catch {
            return false
        }
    }

    /// PostgreSQL refuses to run as root.
    static func giveToServerUser(_ directory: URL) throws {
        guard getuid() == 0 else { return }
        try FileManager.default.setAttributes([.ownerAccountName: "postgres"], ofItemAtPath: directory.path)
    }

    private static func process(_ command: [String], dyingWithParent: Bool) -> Process {
        let user = getuid() == 0 ? ["--reuid=postgres", "--regid=postgres", "--clear-groups"] : []
        let death = dyingWithParent ? ["--pdeathsig=KILL"] : []
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/setpriv")
        process.arguments = user + death + command
        process.currentDirectoryURL = URL(filePath: "/")
        process.standardInput = FileHandle.nullDevice
        return process
    }

    private func read<Value: Sendable>(_ body: (State) -> Value) -> Value {
        condition.lock()
        defer { condition.unlock() }
        return state.withLock { body($0) }
    }

    private func change(_ body: (inout State) -> Void) {
        condition.lock()
        defer { condition.unlock() }
        state.withLock { body(&$0) }
        condition.broadcast()
    }

    private func wait(until isReached: (State) -> Bool) {
        condition.lock()
        defer { condition.unlock() }
        while !state.withLock({ isReached($0) }) { condition.wait() }
    }
}
