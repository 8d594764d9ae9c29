import EmbeddedPostgres
import Foundation
import Logging

/// A second process on a cluster's directory, for tests.
///
/// Opens the directory named by its first argument and says `ready`. Then it answers lines of standard input: `owner?` with
/// `owner` or `user`, `close` (or the end of input) with `closed`, after leaving the cluster, and ends.
@main
struct Probe {
    static func main() async {
        do {
            try await serve(CommandLine.arguments[1])
        } catch {
            say("failed: \(error)")
            exit(1)
        }
    }

    private static func serve(_ directory: String) async throws {
        let configuration = EmbeddedPostgresConfiguration(directory: directory)
        let cluster = try await EmbeddedPostgres.open(configuration, logger: Logger(label: "probe"))
        say("ready")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await cluster.run() }
            while let line = readLine(), line != "close" {
                if line == "owner?" { say(await cluster.isOwner ? "owner" : "user") }
            }
            group.cancelAll()
            try await group.waitForAll()
        }
        await cluster.close()
        say("closed")
    }

    private static func say(_ line: String) {
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }
}
