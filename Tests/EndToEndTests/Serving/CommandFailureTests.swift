import Foundation
import Testing

/// Commands that must fail, each in one sentence with the way out.
@Suite(.timeLimit(.minutes(10)))
struct CommandFailureTests {
    private static let source = "src_0000000000001g000000000002"

    @Test(arguments: [
        (["status"], 1, "--embedded-postgres"),
        (["serve", "--listen", "nonsense"], 64, "--listen"),
        (["unknown"], 64, "unknown"),
        (["status", "--database-url", "host=/nonexistent dbname=x"], 1, "/nonexistent"),
        (["signature", "verify", "--scheme", "github"], 64, "--secret"),
        (["signature", "verify", "--scheme", "github", "--secret", "s"], 64, "--body-file"),
        (["signature", "sign", "--scheme", "github"], 64, "--secret"),
        (["import", "--source", CommandFailureTests.source], 64, "either --from or --file"),
        (
            ["import", "--source", CommandFailureTests.source, "--from", "http://h", "--file", "f"], 64,
            "either --from or --file"
        ),
        (
            [
                "import", "--source", CommandFailureTests.source, "--from", "http://h", "--token", "t", "--type",
                "contact",
            ], 64, "--type"
        ),
        (["import", "--source", CommandFailureTests.source, "--from", "http://h"], 64, "--token-file"),
        (["import", "--source", CommandFailureTests.source, "--file", "f", "--connections", "3"], 64, "--connections"),
    ])
    func badUseIsSaidInOneSentence(arguments: [String], status: Int32, mentions: String) async throws {
        let outcome = try await HooklogBinary.run(arguments)
        #expect(outcome.status == status, "\(outcome.errors)")
        // The usage follows on lines of its own, and names nearly everything.
        let sentence = outcome.errors.split(separator: "\n").first.map(String.init) ?? ""
        #expect(sentence.contains(mentions), "\(outcome.errors)")
        #expect(!outcome.errors.contains("PostgresError("), "\(outcome.errors)")
    }

    @Test func busyPortIsNamed() async throws {
        try await ServedHooklog.with { hooklog in
            let outcome = try await hooklog.run(
                "serve",
                "--listen",
                "127.0.0.1:\(hooklog.port)",
                "--admin-listen",
                "127.0.0.1:0"
            )
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("127.0.0.1:\(hooklog.port)"), "\(outcome.errors)")
        }
    }

    @Test func helpNamesEveryCommand() async throws {
        let outcome = try await HooklogBinary.run(["--help"])
        #expect(outcome.status == 0)
        for command in [
            "serve", "migrate", "workspace", "source", "key", "master-key", "rejected", "doctor", "send", "status",
            "events", "projections", "dead-letters", "signature", "psql", "import",
        ] {
            #expect(outcome.output.contains(command), "\(command) is not in the help text")
        }
    }
}
