import Foundation
import Testing

/// Commands that must fail, each in one sentence with the way out.
@Suite(.timeLimit(.minutes(3)))
struct CommandFailureTests {
    @Test(arguments: [
        (["status"], 1, "--embedded-postgres"),
        (["serve", "--listen", "nonsense"], 64, "--listen"),
        (["unknown"], 64, "Usage"),
        (["status", "--database-url", "host=/nonexistent dbname=x"], 1, "/nonexistent"),
        (["signature", "verify", "--scheme", "github"], 64, "--secret"),
    ])
    func badUseIsSaidInOneSentence(arguments: [String], status: Int32, mentions: String) async throws {
        let outcome = try await HooklogBinary.run(arguments)
        #expect(outcome.status == status, "\(outcome.errors)")
        #expect(outcome.errors.contains(mentions), "\(outcome.errors)")
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
            "events", "projections", "dead-letters", "signature", "psql",
        ] {
            #expect(outcome.output.contains(command), "\(command) is not in the help text")
        }
    }
}
