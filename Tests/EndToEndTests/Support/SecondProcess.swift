import Foundation

/// Another `serve` on the directory of a Hooklog that serves.
struct SecondProcess: Sendable {
    let url: String
    private let adminURL: String
    private let process: Process

    init(beside hooklog: ServedHooklog) throws {
        let (port, adminPort) = try FreePorts.pair()
        url = "http://127.0.0.1:\(port)"
        adminURL = "http://127.0.0.1:\(adminPort)"
        process = Process()
        process.executableURL = HooklogBinary.url
        process.arguments = [
            "serve", "--listen", "127.0.0.1:\(port)", "--admin-listen", "127.0.0.1:\(adminPort)",
            "--embedded-postgres", hooklog.directory.path,
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    /// Returns when `/readyz` answers 200.
    func waitUntilReady() async throws {
        try await OtherProcess.wait(for: "the second process to be ready") { await OtherProcess.isReady(adminURL) }
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
    }
}
