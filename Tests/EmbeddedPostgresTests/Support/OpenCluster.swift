import Foundation
import Logging
import Testing

@testable import EmbeddedPostgres

let quietLogger: Logger = {
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    return logger
}()

/// Whether the tests run as root, so that PostgreSQL runs as another user.
let runsAsRoot = geteuid() == 0

/// Opens the cluster in `directory`, lends it with its supervision running, and leaves it.
func withOpenCluster<Result: Sendable>(
    _ directory: String,
    configure: (inout EmbeddedPostgresConfiguration) -> Void = { _ in },
    _ body: (EmbeddedPostgres) async throws -> Result
) async throws -> Result {
    var configuration = EmbeddedPostgresConfiguration(directory: directory)
    configure(&configuration)
    let cluster = try await EmbeddedPostgres.open(configuration, logger: quietLogger)
    do {
        let result = try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await cluster.run() }
            defer { group.cancelAll() }
            return try await body(cluster)
        }
        await cluster.close()
        return result
    } catch {
        await cluster.close()
        throw error
    }
}

extension EmbeddedPostgres {
    /// Runs `statement` with psql and returns what it printed, without decoration.
    nonisolated func query(_ statement: String) async throws -> String {
        try await runProgram(
            programDirectory + "/psql",
            [connectionString, "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", statement]
        )
    }

    /// The process id of the living postmaster.
    nonisolated func postmasterID() throws -> pid_t {
        try #require(postmaster.livingProcess)
    }
}

/// A program that ended otherwise than with 0.
struct ProgramFailure: Error {
    let status: Int32
    let output: String
}

/// Runs a program to its end and returns its output without the last line break.
func runProgram(_ path: String, _ arguments: [String]) async throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    let (ends, continuation) = AsyncStream<Int32>.makeStream()
    process.terminationHandler = {
        continuation.yield($0.terminationStatus)
        continuation.finish()
    }
    try process.run()
    let status = try #require(await ends.first { _ in true })
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    let output = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
    guard status == 0 else { throw ProgramFailure(status: status, output: output) }
    return output
}

/// Whether a postmaster lives on the cluster in `directory`.
func isRunning(_ directory: String) throws -> Bool {
    let user = try ServerUser.find("postgres")
    let layout = ClusterLayout(directory: directory, temporaryDirectory: "/tmp")
    return Postmaster(layout: layout, session: ServerSession(user: user)).livingProcess != nil
}
