import RegexBuilder
import Schema
import Testing

/// What the product's SQL looks up: rows of one workspace, and of the vendors' objects those of one mode and one system.
struct LookupTests {
    /// The sweeps of the service and what operators ask; none of them answers a client.
    private static let acrossWorkspaces: Set = [
        "functions/projections/build_positions.sql", "functions/projections/drop_generation.sql",
        "functions/log/damaged_logs.sql", "functions/log/log_holes.sql", "functions/fetching/pending_fetches.sql",
        "functions/folding/pending_projections.sql", "functions/log/record_rejections.sql",
        "queries/count_dead_letters.sql", "queries/count_fetches.sql", "queries/doctor_list_sealed_secrets.sql",
        "queries/doctor_list_stopped_projections.sql", "queries/find_workspace.sql",
        "queries/list_active_checkpoints.sql", "queries/list_dead_letters.sql", "queries/list_workspaces.sql",
        "queries/read_projection_status.sql",
    ]
    /// Who has one address is one person in all systems.
    private static let acrossSystems: Set = ["functions/directory/people.sql"]

    private static let paths = SQLLibrary.functionPaths + SQLLibrary.paths(in: "queries")

    /// The tables of tenant data, as the migrations make them.
    private static let tenantTables: Set<String> = {
        let table = /CREATE (?:UNLOGGED )?TABLE hooklog\.(\w+) \((.*?)\n\)/.dotMatchesNewlines()
        let texts = SQLLibrary.paths(in: "schema").compactMap(SQLLibrary.text)
        let tables = texts.flatMap { $0.matches(of: table) }.filter { $0.output.2.contains("workspace_id") }
        return Set(tables.map { String($0.output.1) })
    }()

    /// The read models of the directory, each named like its file.
    private static let readModels = Set(
        ["projections", "connectors"].flatMap(SQLLibrary.paths(in:)).filter { $0.contains("/directory/") }
            .compactMap { $0.split(separator: "/").last.map { String($0.dropLast(4)) } }
    )

    @Test(arguments: paths) func everyLookupNamesWorkspaceModeAndSystem(path: String) throws {
        let lines = try #require(SQLLibrary.text(path)).split(separator: "\n")
        let text = lines.filter { !$0.trimmingPrefix(while: \.isWhitespace).hasPrefix("--") }.joined(separator: "\n")
        var lookups: [String: Int] = [:]
        for match in text.matches(of: /(?:FROM|JOIN|UPDATE)\s+hooklog\.(\w+) AS (\w+)/) {
            for column in Self.columns(of: String(match.output.1), in: path) {
                lookups["\(match.output.2).\(column)", default: 0] += 1
            }
        }
        for (column, count) in lookups {
            let condition = Regex {
                ChoiceOf {
                    "WHERE "
                    "AND "
                    "ON "
                }
                Optionally("(")
                column
                /\s+(=|BETWEEN|IN)/
            }
            #expect(text.matches(of: condition).count >= count, "\(column) of \(path)")
        }
    }

    @Test func tablesAreKnown() {
        #expect(Self.tenantTables.isSuperset(of: ["event", "delivery", "stored_answer", "api_key_usage"]))
        #expect(Self.readModels.isSuperset(of: ["contact", "customer"]))
    }

    private static func columns(of table: String, in path: String) -> [String] {
        if readModels.contains(table) {
            return ["workspace_id", "livemode"] + (acrossSystems.contains(path) ? [] : ["system"])
        }
        return tenantTables.contains(table) && !acrossWorkspaces.contains(path) ? ["workspace_id"] : []
    }
}
