import Foundation

/// An import by the built binary, under way.
struct ImportProcess: Sendable {
    private let process: Process

    init(_ arguments: [String], in hooklog: ServedHooklog) throws {
        process = Process()
        process.executableURL = HooklogBinary.url
        process.arguments = ["import", "--embedded-postgres", hooklog.directory.path] + arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
    }

    /// Kills it once the log has so many events; returns whether it was still running.
    func kill(at events: Int, in hooklog: ServedHooklog) async throws -> Bool {
        while process.isRunning, try await count(in: hooklog) < events {}
        let isRunning = process.isRunning
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        return isRunning
    }

    private func count(in hooklog: ServedHooklog) async throws -> Int {
        Int(try await hooklog.query("SELECT coalesce(max(position), 0) FROM hooklog.event")) ?? 0
    }
}
