import Dispatch
import Foundation

/// The built binary under test.
enum HooklogBinary {
    /// What `deploy/test` says, or the binary beside the tests' own bundle.
    static let url: URL = {
        if let path = ProcessInfo.processInfo.environment["HOOKLOG_TEST_BINARY"] { return URL(filePath: path) }
        return URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "hooklog")
    }()

    /// Runs a command to its end and returns how it ended.
    static func run(
        _ arguments: [String],
        environment: [String: String] = [:],
        input: String? = nil,
        executable: URL = url
    ) async throws -> CommandOutcome {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let output = Pipe()
        let errors = Pipe()
        process.standardOutput = output
        process.standardError = errors
        if let input {
            let pipe = Pipe()
            process.standardInput = pipe
            try process.run()
            try pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
            try pipe.fileHandleForWriting.close()
        } else {
            process.standardInput = FileHandle.nullDevice
            try process.run()
        }
        async let outputText = text(of: output)
        async let errorText = text(of: errors)
        let texts = try await (outputText, errorText)
        process.waitUntilExit()
        return CommandOutcome(status: process.terminationStatus, output: texts.0, errors: texts.1)
    }

    /// Reads on a thread of its own: a command may wait for a server in this process, which needs those of the tasks.
    private static func text(of pipe: Pipe) async throws -> String {
        let file = pipe.fileHandleForReading
        return try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(
                    with: Result { String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self) }
                )
            }
        }
    }
}
