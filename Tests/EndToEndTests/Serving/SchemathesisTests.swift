import Foundation
import Testing

/// A Python that has schemathesis; `deploy/test` makes it and says where it is.
private let python = ProcessInfo.processInfo.environment["HOOKLOG_TEST_PYTHON"]

/// The API keeps to its document whatever it is sent.
@Suite(.enabled(if: python != nil, "deploy/test installs schemathesis"), .timeLimit(.minutes(30)))
struct SchemathesisTests {
    /// The objects that the document's examples name.
    private static let events = [
        #"{"id":"evt_1","type":"customer.created","data":{"object":{"id":"cus_01hz3v","display_id":42,"#
            + #""name":"Acme Co.","slug":"acme-co","status":"active","mrr":125000}}}"#,
        #"{"id":"evt_2","type":"contact.created","data":{"object":{"id":"con_01hz3w","display_id":12,"#
            + #""customer_id":"cus_01hz3v","name":"Jane Doe","email":"jane.doe@example.com","labels":["vip"]}}}"#,
        #"{"id":"evt_3","type":"onboarding.created","data":{"object":{"id":"onb_01hz3x","display_id":1024,"#
            + #""customer_id":"cus_01hz3v","phase":"launch","state":"active"}}}"#,
        #"not json"#,
    ]

    @Test func allChecksFindNothing() async throws {
        let python = try #require(python)
        let configuration = try #require(
            Bundle.module.url(forResource: "schemathesis", withExtension: "toml", subdirectory: "Scripts")
        )
        try await ServedHooklog.with { hooklog in
            let workspace = try await DemoWorkspace.make(in: hooklog)
            let sender = try SignedSender(url: hooklog.url + workspace.path, secret: workspace.secret)
            for (number, event) in Self.events.enumerated() {
                #expect(try await sender.deliver(event, deliveryID: "msg_\(number)").status == 202)
            }
            try await LogChecks.waitUntilCaughtUp(hooklog)
            let arguments = [
                "--config-file", configuration.path, "run", hooklog.url + "/openapi.json", "--checks", "all",
            ]
            let outcome = try await HooklogBinary.run(
                ["-m", "schemathesis.cli"] + arguments + ["--no-color"],
                environment: [
                    "HOOKLOG_TEST_KEY": try await Self.writingKey(hooklog), "HOOKLOG_TEST_SOURCE": workspace.sourceID,
                ],
                executable: URL(filePath: python)
            )
            #expect(outcome.status == 0, "\(outcome.output.suffix(8000))\(outcome.errors.suffix(2000))")
            #expect(outcome.output.contains("Tested: "))
        }
    }

    /// A key of the demonstration's workspace that may read and write.
    private static func writingKey(_ hooklog: ServedHooklog) async throws -> String {
        struct MadeKey: Decodable { let key: String }
        let made = try await hooklog.output(of: "key", "create", "--workspace", "acme", "--scope", "write", "--json")
        return try JSONDecoder().decode(MadeKey.self, from: Data(made.utf8)).key
    }
}
