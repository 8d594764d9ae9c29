import EventLog
import Postgres
import PostgresTesting
import Projections
import Seeding
import Testing

/// A user's projection with a SELECT that fails is a pure function of the log too.
@Suite(.timeLimit(.minutes(10)))
struct UserProjectionPropertyTests {
    /// An event whose number the projection accepts only when it is whole.
    private struct Reading {
        let id: Int
        let entity: Int
        let second: Int
        let key: String
        let value: Int
        let isBad: Bool

        var body: String {
            let time = "2026-03-01T00:00:\(second < 10 ? "0" : "")\(second)Z"
            let text = isBad ? "\"bad\"" : "\(value)"
            return """
                {"id":"e\(id)","type":"contact.updated","created_at":"\(time)",\
                "data":{"object":{"id":"c\(entity)","\(key)":\(text)}}}
                """
        }
    }

    private static let select = """
        SELECT (document ->> 'a')::integer AS a, (document ->> 'b')::integer AS b, (document ->> 'c')::integer AS c
        """

    private func history(_ count: Int, _ generator: inout SeededGenerator) -> [Reading] {
        (1...count).map { id in
            Reading(
                id: id,
                entity: Int.random(in: 1...3, using: &generator),
                second: Int.random(in: 0...15, using: &generator),
                key: ["a", "b", "c"].randomElement(using: &generator) ?? "a",
                value: Int.random(in: 0..<100, using: &generator),
                isBad: Int.random(in: 0..<6, using: &generator) == 0
            )
        }
    }

    /// What the projection must show: the newest accepted value of each key.
    private func expected(_ log: [Reading]) -> [String] {
        let accepted = log.enumerated().filter { !$0.element.isBad }
            .sorted { ($0.element.second, $0.offset) < ($1.element.second, $1.offset) }
        var rows: [Int: [String: Int]] = [:]
        for item in accepted { rows[item.element.entity, default: [:]][item.element.key] = item.element.value }
        return rows.sorted { $0.key < $1.key }.map { entity, values in
            let columns = ["a", "b", "c"].map { values[$0].map(String.init) ?? "-" }
            return (["c\(entity)"] + columns).joined(separator: "|")
        }
    }

    @Test(arguments: [UInt64(21), 22, 23]) func pagesAndRetriesChangeNothing(seed: UInt64) async throws {
        try await ProjectionHarness.run { harness in
            var generator = SeededGenerator(seed: seed)
            try await harness.register("readings", Self.select)
            let generation = try await harness.number("SELECT max(generation) FROM hooklog.projection_generation")
            for round in 0..<12 {
                let workspace = round == 0 ? .first : try await harness.workspace("w\(round)")
                let log = history(Int.random(in: 5...45, using: &generator), &generator)
                var rest = log
                while !rest.isEmpty {
                    let batch = Array(rest.prefix(Int.random(in: 1...9, using: &generator)))
                    rest.removeFirst(batch.count)
                    try await harness.append(batch.map(\.body), to: workspace)
                    try await harness.project(
                        workspace,
                        "readings",
                        generation,
                        limit: Int32.random(in: 1...12, using: &generator)
                    )
                    try await retryAll(harness, workspace, generation)
                }
                let query = """
                    SELECT entity_id, a, b, c FROM projection.readings WHERE workspace_id = \(workspace) ORDER BY 1
                    """
                #expect(try await harness.rows(query) == expected(log), "seed \(seed), round \(round)")
                let letters = """
                    SELECT position FROM hooklog.dead_letter
                    WHERE workspace_id = \(workspace) AND generation = \(generation) ORDER BY 1
                    """
                let bad = log.enumerated().filter(\.element.isBad).map { "\($0.offset + 1)" }
                #expect(try await harness.rows(letters) == bad)
            }
        }
    }

    /// Retries that cannot succeed, in between.
    private func retryAll(_ harness: ProjectionHarness, _ workspace: WorkspaceID, _ generation: Int64) async throws {
        let outcomes = try await harness.rows(
            """
            SELECT hooklog.retry_dead_letter(\(workspace), 'readings', \(generation), position) AS outcome
            FROM hooklog.dead_letter WHERE workspace_id = \(workspace) AND generation = \(generation)
            """
        )
        #expect(outcomes.allSatisfy { $0 == "refused" })
    }

    @Test func acceptedLateBecomesPartOfHistory() async throws {
        try await ProjectionHarness.run { harness in
            var generator = SeededGenerator(seed: 31)
            try await harness.connection.script(
                """
                CREATE FUNCTION projection.whole(value text) RETURNS integer LANGUAGE sql IMMUTABLE AS
                $$ SELECT value::integer $$
                """
            )
            try await harness.register(
                "readings",
                "SELECT projection.whole(document ->> 'a') AS a, document ->> 'b' AS b, document ->> 'c' AS c"
            )
            let generation = try await harness.number("SELECT max(generation) FROM hooklog.projection_generation")
            let log = history(60, &generator)
            try await harness.append(log.map(\.body))
            try await harness.project(.first, "readings", generation, limit: 7)
            try await harness.connection.script(
                """
                CREATE OR REPLACE FUNCTION projection.whole(value text) RETURNS integer LANGUAGE sql IMMUTABLE AS
                $$ SELECT CASE WHEN value ~ '^[0-9]+$' THEN value::integer WHEN value IS NOT NULL THEN -1 END $$
                """
            )
            try await harness.withPool { pool in
                let name = ProjectionName(rawValue: "readings")
                let counts = try await DeadLetterStore(pool: pool)
                    .retryAll(DeadLetterFilter(projection: name, limit: 2))
                #expect(counts[.refused] == nil)
                #expect((counts[.retried] ?? 0) > 0)
            }
            let rebuilt = try await harness.number("SELECT hooklog.start_rebuild('readings')")
            try await harness.project(.first, "readings", rebuilt, limit: 11)
            let rows = try await harness.rows("TABLE projection.readings_\(rebuilt)")
            #expect(Set(try await harness.rows("TABLE projection.readings_\(generation)")) == Set(rows))
        }
    }
}
