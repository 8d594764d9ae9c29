import Foundation
import Testing

/// The README's commands, as they stand there.
@Suite(.timeLimit(.minutes(10)))
struct ReadmeTests {
    private static let folder = (0..<4).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }

    /// The indented lines that are commands.
    ///
    /// Those of `deploy/` take too long here; they are run when they are changed.
    private static func commands() throws -> [String] {
        let text = try String(contentsOf: folder.appending(path: "README.md"), encoding: .utf8)
        let programs = ["hooklog ", "curl "]
        return text.split(separator: "\n").filter { line in programs.contains { line.hasPrefix("    " + $0) } }
            .map { $0.trimmingCharacters(in: .whitespaces) }
    }

    @Test func commandsRunAsTheyStand() async throws {
        let commands = try Self.commands()
        #expect(commands.count > 10)
        try await ServedHooklog.with { hooklog in
            let workspace = try await DemoWorkspace.make(in: hooklog, slug: "demo")
            for sample in ["1-customer", "2-contact", "3-onboarding", "4-health"] {
                let file = Self.folder.appending(path: "deploy/samples/\(sample).json").path
                _ = try await hooklog.output(
                    of: ["send", "--source", workspace.sourceID, "--url", hooklog.url, "--file", file]
                )
            }
            let script = """
                set -euo pipefail
                cd '\(Self.folder.path)'
                PATH='\(HooklogBinary.url.deletingLastPathComponent().path)':$PATH
                url=\(hooklog.url) source_id=\(workspace.sourceID) key=\(workspace.key)
                export HOOKLOG_EMBEDDED_POSTGRES='\(hooklog.directory.path)'
                curl() { command curl --silent --show-error --fail --header 'Hooklog-Min-Position: 4' "$@"; }
                set -x

                """
            for command in commands {
                let outcome = try await HooklogBinary.run(
                    ["-c", script + command],
                    executable: URL(filePath: "/bin/bash")
                )
                #expect(outcome.status == 0, "\(command)\n\(outcome.output)\(outcome.errors)")
                #expect(!outcome.output.isEmpty || command.contains("rejected"), "\(command) says nothing")
            }
        }
    }
}
