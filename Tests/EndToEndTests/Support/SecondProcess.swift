import AsyncHTTPClient
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

    /// Returns when `/readyz` answers 200; throws when 60 s have passed.
    func waitUntilReady() async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < deadline {
            let request = HTTPClientRequest(url: adminURL + "/readyz")
            if let answer = try? await HTTPClient.shared.execute(request, timeout: .seconds(5)), answer.status == .ok {
                return
            }
            // Another process has no signal to give but its answer.
            try await Task.sleep(for: .milliseconds(50))
        }
        throw NotServing(log: "")
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
    }
}
