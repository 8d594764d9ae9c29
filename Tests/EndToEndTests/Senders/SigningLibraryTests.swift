import Foundation
import Testing

/// A Python that has the senders' libraries; `deploy/test` makes it and says where it is.
private let python = ProcessInfo.processInfo.environment["HOOKLOG_TEST_PYTHON"]

/// The senders' own signing libraries deliver to a served Hooklog.
@Suite(.enabled(if: python != nil, "deploy/test installs the libraries"), .timeLimit(.minutes(10)))
struct SigningLibraryTests {
    @Test(arguments: ["standardwebhooks", "svix"])
    func deliveryIsAccepted(library: String) async throws {
        let python = try #require(python)
        let script = try #require(
            Bundle.module.url(forResource: "deliver", withExtension: "py", subdirectory: "Scripts")
        )
        try await ServedHooklog.with { hooklog in
            let workspace = try await DemoWorkspace.make(in: hooklog)
            let outcome = try await HooklogBinary.run(
                [script.path, library, hooklog.url + workspace.path, workspace.secret],
                executable: URL(filePath: python)
            )
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.contains("good 202 accepted"), "\(outcome.output)")
            #expect(outcome.output.contains("again 202 duplicate"), "\(outcome.output)")
            #expect(outcome.output.contains("tampered 401"), "\(outcome.output)")
            #expect(outcome.output.contains("old 401"), "\(outcome.output)")
            #expect(try await hooklog.query("SELECT count(*) FROM hooklog.event") == "1")
        }
    }
}
