import Foundation
import Testing

/// Imports by the built binary: killed half way and run again, from a file and from another Hooklog's lists.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct ImportTests {
    /// How many contacts are imported: enough to be killed among them in CI, `HOOKLOG_TEST_IMPORTS` when asked.
    private static let contacts =
        ProcessInfo.processInfo.environment["HOOKLOG_TEST_IMPORTS"].flatMap { Int($0) } ?? 8000
    private static let customers = 40

    private struct Summary: Decodable {
        let read: Int
        let earlier: Int
        let appended: Int
        let unchanged: Int
        let refused: Int
        let seconds: Double
    }

    @Test func killedImportsGoOnAndSecondRunsAppendWhatChanged() async throws {
        try await ServedHooklog.with { hooklog in
            let workspace = try await DemoWorkspace.make(in: hooklog)
            let file = hooklog.directory.appending(path: "contacts.ndjson")
            try Data(Self.objects().utf8).write(to: file)
            let total = Self.customers + Self.contacts

            try await Self.importKilled(
                ["--source", workspace.sourceID, "--file", file.path],
                total: total,
                in: hooklog
            )
            try await LogChecks.expectSound(hooklog, events: total)
            let again = try await Self.run(["--source", workspace.sourceID, "--file", file.path], in: hooklog)
            #expect(again.appended == 0 && again.unchanged == total)

            try await Self.copy(from: hooklog, key: workspace.key, total: total)

            let changed = try String(contentsOf: file, encoding: .utf8)
                .replacingOccurrences(of: #""name":"Person 7","#, with: #""name":"Person seven","#)
            try Data((changed + "nonsense\n").utf8).write(to: file)
            let outcome = try await hooklog.run("import", "--source", workspace.sourceID, "--file", file.path)
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("Line \(total + 1) is not JSON"), "\(outcome.errors)")
            #expect(outcome.output.contains("1 appended, \(total - 1) unchanged, 1 refused"), "\(outcome.output)")
        }
    }

    /// Imports all lists of a Hooklog into another one, which is killed half way too.
    private static func copy(from origin: ServedHooklog, key: String, total: Int) async throws {
        try await ServedHooklog.with { hooklog in
            let workspace = try await DemoWorkspace.make(in: hooklog)
            let token = hooklog.directory.appending(path: "token")
            try Data("\(key)\n".utf8).write(to: token)
            let arguments = ["--source", workspace.sourceID, "--from", origin.url, "--token-file", token.path]
            try await importKilled(arguments, total: total, in: hooklog)
            try await LogChecks.expectSound(hooklog, events: total)
            let again = try await run(arguments, in: hooklog)
            #expect(again.read == total && again.appended == 0 && again.unchanged == total)
            #expect(try await contacts(of: origin) == contacts(of: hooklog))
        }
    }

    /// Imports until half of the events are there, is killed, and imports the rest.
    private static func importKilled(_ arguments: [String], total: Int, in hooklog: ServedHooklog) async throws {
        try await HeldImport.kill(arguments, at: total / 2, in: hooklog)
        let before = Int(try await hooklog.query("SELECT count(*) FROM hooklog.event")) ?? 0
        #expect(before > 0 && before < total)
        let summary = try await run(arguments, in: hooklog)
        #expect(summary.refused == 0)
        #expect(summary.appended == total - before)
        #expect(summary.earlier > 0 && summary.earlier <= before, "it did not go on from where it was")
        #expect(summary.earlier + summary.read == total)
        let rate = Int(Double(summary.read) / summary.seconds)
        print("import of \(summary.read) after \(summary.earlier): \(summary.appended) appended, \(rate)/s")
    }

    private static func run(_ arguments: [String], in hooklog: ServedHooklog) async throws -> Summary {
        let outcome = try await HooklogBinary.run(
            ["import", "--embedded-postgres", hooklog.directory.path, "--json"] + arguments
        )
        guard outcome.status == 0 else { throw CommandFailed(arguments: arguments, outcome: outcome) }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Summary.self, from: Data(outcome.output.utf8))
    }

    private static func contacts(of hooklog: ServedHooklog) async throws -> String {
        try await hooklog.query(
            """
            SELECT count(*), md5(string_agg(concat_ws('|', entity_id, display_id, customer_id, name, email), ',' ORDER BY entity_id))
            FROM hooklog.contact
            """
        )
    }

    /// Customers and their contacts as Pivotal's API shows them, one on each line.
    private static func objects() -> String {
        var lines = (0..<customers).map { number in
            object("customer", number, #""name":"Customer \#(number)","status":"active""#)
        }
        lines += (0..<contacts).map { number in
            let members =
                #""customer_id":"customer_\#(number % customers)","name":"Person \#(number)","#
                + #""email":"p\#(number)@example.com","title":null,"is_primary":false,"labels":["a"]"#
            return object("contact", number, members)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func object(_ kind: String, _ number: Int, _ members: String) -> String {
        let second = String(number % 60)
        let minute = String(number / 60 % 60)
        let hour = String(number / 3600 % 24)
        let time =
            "2026-03-0\(1 + number / 86_400)T"
            + [hour, minute, second].map { $0.count < 2 ? "0" + $0 : $0 }
            .joined(separator: ":") + ".000Z"
        return #"{"object":"\#(kind)","id":"\#(kind)_\#(number)","display_id":\#(number + 1),\#(members),"#
            + #""created_at":"\#(time)","updated_at":"\#(time)"}"#
    }
}
