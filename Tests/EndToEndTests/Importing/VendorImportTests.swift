import Foundation
import Testing

/// Imports from the lists of every vendor but Pivotal, as another Hooklog serves them.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct VendorImportTests {
    /// More than a page of every vendor has.
    private static let contacts = 230

    /// Pages that both must show alike.
    private static let pages = [
        "/ruddr/api/workspace/clients?limit=100", "/ruddr/api/workspace/contacts?limit=100",
        "/stuut/v1/partners?limit=200", "/stuut/v1/partners/ptn_0/contacts?limit=200",
    ]

    @Test func listsOfEveryVendorAreCopiedWhole() async throws {
        try await ServedHooklog.with { origin in
            let key = try await DemoWorkspace.make(in: origin).key
            try await Self.fill(origin)
            try await ServedHooklog.with { copy in
                let copyKey = try await DemoWorkspace.make(in: copy).key
                let token = copy.directory.appending(path: "token")
                try Data(key.utf8).write(to: token)
                for vendor in ["ruddr", "stuut", "piriod"] {
                    var arguments = [
                        "import", "--source", try await Self.source(vendor, in: copy), "--from",
                        "\(origin.url)/\(vendor)", "--token-file", token.path,
                    ]
                    if vendor == "piriod" { arguments += ["--account", "acme"] }
                    let first = try await Self.run(arguments, in: copy)
                    let objects = Self.objects(of: vendor).map(\.lines.count).reduce(0, +)
                    // Stuut's persons stand in the assignments too.
                    let again = vendor == "stuut" ? 2 : 0
                    let counts = "Imported \(objects + again): \(objects) appended, \(again) unchanged, in "
                    #expect(first.hasPrefix(counts), "\(first)")
                    let second = try await Self.run(arguments, in: copy)
                    let sameCounts = "Imported \(objects + again): 0 appended, \(objects + again) unchanged, in "
                    #expect(second.hasPrefix(sameCounts), "\(second)")
                }
                #expect(try await Self.entities(of: copy) == Self.entities(of: origin))
                try await LogChecks.expectSound(copy)
                for path in Self.pages {
                    let shown = try await origin.get(path, key: key)
                    #expect(shown.0 == 200, "\(path): \(shown.1)")
                    let copied = try await copy.get(path, key: copyKey)
                    #expect(copied.0 == shown.0 && copied.1 == shown.1, "\(path)")
                }
            }
        }
    }

    private static func fill(_ hooklog: ServedHooklog) async throws {
        for vendor in ["ruddr", "stuut", "piriod"] {
            let source = try await source(vendor, in: hooklog)
            for (kind, lines) in objects(of: vendor) {
                let file = hooklog.directory.appending(path: "\(vendor)-\(kind).ndjson")
                try Data(lines.joined(separator: "\n").utf8).write(to: file)
                let arguments = ["import", "--source", source, "--file", file.path, "--type", kind]
                let summary = try await run(arguments, in: hooklog)
                #expect(summary.contains(": \(lines.count) appended"), "\(vendor) \(kind): \(summary)")
            }
        }
        try await LogChecks.waitUntilCaughtUp(hooklog)
    }

    private static func run(_ arguments: [String], in hooklog: ServedHooklog) async throws -> String {
        let outcome = try await HooklogBinary.run(
            arguments,
            environment: ["HOOKLOG_EMBEDDED_POSTGRES": hooklog.directory.path]
        )
        guard outcome.status == 0 else { throw CommandFailed(arguments: arguments, outcome: outcome) }
        return outcome.output
    }

    private static func source(_ vendor: String, in hooklog: ServedHooklog) async throws -> String {
        let made = try await hooklog.output(of: "source", "create", "--connector", vendor, "--name", vendor, "--json")
        return try #require(made.split(separator: "\"").first { $0.hasPrefix("src_") }.map(String.init))
    }

    private static func entities(of hooklog: ServedHooklog) async throws -> String {
        try await hooklog.query(
            """
            SELECT count(*), count(DISTINCT (system, entity_type, entity_id)),
                string_agg(concat_ws('|', system, entity_type, entity_id, occurred_at), ',' ORDER BY system, entity_type, entity_id)
            FROM hooklog.event
            """
        )
    }

    /// A vendor's objects by their kind, as lines of a file.
    private static func objects(of vendor: String) -> [(kind: String, lines: [String])] {
        switch vendor {
        case "ruddr":
            return [
                ("client", (0..<3).map { #"{"id":"\#(uuid($0))","name":"Client \#($0)",\#(made("createdAt", $0))}"# }),
                (
                    "company",
                    (10..<12).map { number in
                        #"{"id":"\#(uuid(number))","name":"Co","modifiedAt":null,\#(made("createdAt", number))}"#
                    }
                ),
                ("contact_tag", [#"{"id":"\#(uuid(20))","name":"Tag",\#(made("createdAt", 1))}"#]),
                (
                    "contact",
                    (100..<(100 + contacts)).map { number in
                        #"{"id":"\#(uuid(number))","firstName":"P","email":"p\#(number)@x.com",\#(made("createdAt", number))}"#
                    }
                ),
            ]
        case "stuut":
            return [
                (
                    "partner",
                    (0..<2).map { number in
                        #"{"id":"ptn_\#(number)","name":"P","modified_at":null,\#(made("created_at", number))}"#
                    }
                ),
                ("internal_contact", (0..<3).map { person($0) }),
                (
                    "internal_contact_assignment",
                    (0..<2).map { number in
                        #"{"id":"ica_\#(number)","partner_id":"ptn_\#(number)","internal_role":"csm","modified_at":null,"#
                            + #""internal_contact":\#(person(number)),\#(made("created_at", number))}"#
                    }
                ),
                (
                    "partner_contact",
                    (0..<contacts).map { number in
                        #"{"id":"con_\#(number)","partner_id":"ptn_\#(number / 225)","email":"p\#(number)@x.com","#
                            + #""modified_at":null,\#(made("created_at", number))}"#
                    }
                ),
            ]
        default:
            return [
                (
                    "customer",
                    (0..<2).map { number in
                        #"{"id":"cus_\#(number)","name":"C","updated":"2026-05-01T00:00:00Z",\#(made("created", number))}"#
                    }
                ),
                (
                    "orgunit",
                    (1..<4).map { number in
                        #"{"id":\#(number),"customer":"cus_0","name":"O","updated":"2026-05-01T00:00:00Z","#
                            + #"\#(made("created", number))}"#
                    }
                ),
                (
                    "contact",
                    (0..<contacts).map { number in
                        #"{"id":"pcon_\#(number)","customer":"cus_0","name":"P","email":"p\#(number)@x.com","#
                            + #""updated":"2026-05-01T00:00:00Z",\#(made("created", number))}"#
                    }
                ),
            ]
        }
    }

    private static func person(_ number: Int) -> String {
        #"{"id":"int_\#(number)","email":"i\#(number)@x.com","modified_at":null,\#(made("created_at", number))}"#
    }

    private static func uuid(_ number: Int) -> String {
        "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - String(number).count) + String(number)
    }

    /// The member that says when an object was made: each at a moment of its own.
    private static func made(_ member: String, _ number: Int) -> String {
        let digits = String(1000 + number)
        return #""\#(member)":"2026-04-0\#(digits.prefix(1))T00:00:00.\#(digits.suffix(3))Z""#
    }
}
