import EventLog
import Postgres
import Projections
import Testing

/// How a new version takes the place of the one in use.
@Suite(.timeLimit(.minutes(10)))
struct VersionTests {
    private static let name = ProjectionName(rawValue: "health")

    private func pause(_ harness: ProjectionHarness) async throws {
        _ = try await harness.number("SELECT hooklog.pause_generation('health')")
    }

    private func activate(_ harness: ProjectionHarness, _ generation: Int64) async throws -> String {
        try await pause(harness)
        return try await harness.rows("SELECT hooklog.activate_generation('health', \(generation))").first ?? ""
    }

    private func newest(_ harness: ProjectionHarness) async throws -> Int64 {
        try await harness.number("SELECT max(generation) FROM hooklog.projection_generation")
    }

    /// A first version that has read two events.
    private func begin(_ harness: ProjectionHarness) async throws -> Int64 {
        try await harness.register("health", "SELECT hooklog.integer(document, 'n') AS n")
        try await harness.append([RefusedEventTests.contact(1, "1"), RefusedEventTests.contact(2, "2")])
        let generation = try await newest(harness)
        try await harness.project(.first, "health", generation)
        return generation
    }

    @Test func addedColumnKeepsTheViewsName() async throws {
        try await ProjectionHarness.run { harness in
            let first = try await begin(harness)
            let select = "SELECT hooklog.integer(document, 'n') AS n, hooklog.text(document, 'm') AS m"
            let outcome = try await harness.register("health", select)
            let second = try await newest(harness)
            #expect(outcome == .building(GenerationID(rawValue: second)))
            #expect(try await activate(harness, second) == "false")
            #expect(try await harness.rows("SELECT n FROM projection.health ORDER BY 1") == ["1", "2"])
            try await harness.project(.first, "health", second)
            #expect(try await activate(harness, second) == "true")
            #expect(try await harness.rows("SELECT n, m FROM projection.health ORDER BY 1") == ["1|-", "2|-"])
            #expect(try await harness.rows("SELECT hooklog.drop_generation('health', \(first))") == ["true"])
            #expect(try await harness.rows("SELECT n, m FROM projection.health ORDER BY 1") == ["1|-", "2|-"])
        }
    }

    @Test func changedColumnGetsANewNameUntilTheOldOneGoes() async throws {
        try await ProjectionHarness.run { harness in
            let first = try await begin(harness)
            try await harness.register("health", "SELECT hooklog.integer(document, 'n')::text AS n")
            let second = try await newest(harness)
            try await harness.project(.first, "health", second)
            #expect(try await activate(harness, second) == "true")
            let type = "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attname = 'n' AND attrelid ="
            #expect(try await harness.rows("\(type) 'projection.health'::regclass") == ["bigint"])
            #expect(try await harness.rows("\(type) 'projection.health_v\(second)'::regclass") == ["text"])
            let rebuilt = try await harness.number("SELECT hooklog.start_rebuild('health')")
            try await harness.project(.first, "health", rebuilt)
            #expect(try await activate(harness, rebuilt) == "true")
            #expect(try await harness.rows("SELECT hooklog.drop_generation('health', \(second))") == ["true"])
            #expect(try await harness.rows("SELECT n FROM projection.health_v\(second) ORDER BY 1") == ["1", "2"])
            #expect(try await harness.rows("SELECT hooklog.drop_generation('health', \(first))") == ["true"])
            #expect(try await harness.rows("\(type) 'projection.health'::regclass") == ["text"])
        }
    }

    @Test func activationWaitsForThePauseAndForEveryWorkspace() async throws {
        try await ProjectionHarness.run { harness in
            _ = try await begin(harness)
            let rebuilt = try await harness.number("SELECT hooklog.start_rebuild('health')")
            try await harness.project(.first, "health", rebuilt, limit: 1)
            let attempt = "SELECT hooklog.activate_generation('health', \(rebuilt))"
            #expect(try await harness.rows(attempt) == ["false"])
            try await pause(harness)
            let other = try await harness.workspace("other")
            try await harness.append([RefusedEventTests.contact(1, "1")], to: other)
            #expect(try await harness.step(other, "health", rebuilt - 1) == "paused")
            #expect(try await harness.rows(attempt) == ["true"])
        }
    }

    @Test func readerOfTheViewDelaysTheActivation() async throws {
        try await ProjectionHarness.run { harness in
            _ = try await begin(harness)
            let rebuilt = try await harness.number("SELECT hooklog.start_rebuild('health')")
            try await harness.project(.first, "health", rebuilt)
            try await pause(harness)
            try await harness.database.withConnection { reader in
                try await reader.script("BEGIN; SELECT count(*) FROM projection.health")
                let error = await #expect(throws: PostgresError.self) {
                    try await harness.rows("SELECT hooklog.activate_generation('health', \(rebuilt))")
                }
                #expect(error?.code == .lockNotAvailable)
                try await reader.script("COMMIT")
            }
            #expect(try await activate(harness, rebuilt) == "true")
        }
    }

    @Test func settlingWaitsForAStepInFlight() async throws {
        try await ProjectionHarness.run { harness in
            let first = try await begin(harness)
            let settle = "SELECT hooklog.settle_checkpoint(1, 'health', \(first))"
            #expect(try await harness.rows(settle) == ["2"])
            try await harness.database.withConnection { worker in
                try await worker.script("BEGIN; SELECT * FROM hooklog.project(1, 'health', \(first), 1, 1)")
                let error = await #expect(throws: PostgresError.self) {
                    let statement = PostgresStatement(name: "settle", sql: settle)
                    _ = try await harness.connection.query(statement, deadline: .now + .milliseconds(200))
                }
                #expect(error?.code == .deadlineExceeded)
                try await worker.script("COMMIT")
            }
            #expect(try await harness.rows(settle) == ["2"])
        }
    }

    @Test func supersededVersionStaysAway() async throws {
        try await ProjectionHarness.run { harness in
            let first = try await begin(harness)
            let (old, new) = ("SELECT hooklog.integer(document, 'n') AS n", "SELECT 1 AS n, 2 AS m")
            try await harness.register("health", new)
            let second = try await newest(harness)
            #expect(try await harness.register("health", old) == .superseded)
            try await harness.project(.first, "health", second)
            #expect(try await activate(harness, second) == "true")
            #expect(try await harness.register("health", old) == .superseded)
            _ = try await harness.rows("SELECT hooklog.drop_generation('health', \(first))")
            #expect(try await harness.register("health", old) == .superseded)
            #expect(try await harness.register("health", new) == .unchanged)
            let outcome = try await harness.register("health", old, allowOlder: true)
            let third = try await newest(harness)
            #expect(outcome == .building(GenerationID(rawValue: third)))
            #expect(try await harness.register("health", "SELECT 3 AS n") != .superseded)
            #expect(
                try await harness.rows("SELECT state FROM hooklog.projection_generation WHERE generation = \(third)")
                    == ["dropped"]
            )
        }
    }

    @Test func dropLeavesNothingBehind() async throws {
        try await ProjectionHarness.run { harness in
            let first = try await begin(harness)
            let rebuilt = try await harness.number("SELECT hooklog.start_rebuild('health')")
            try await harness.project(.first, "health", rebuilt)
            #expect(try await harness.rows("SELECT hooklog.drop_generation('health', \(first))") == ["false"])
            #expect(try await harness.rows("SELECT hooklog.cancel_rebuild('health')") == ["true"])
            #expect(try await harness.rows("SELECT hooklog.cancel_rebuild('health')") == ["false"])
            let left = """
                SELECT (SELECT count(*) FROM pg_class WHERE relname LIKE '%\\_\(rebuilt)')
                    + (SELECT count(*) FROM pg_proc WHERE proname LIKE '%\\_\(rebuilt)')
                    + (SELECT count(*) FROM hooklog.checkpoint WHERE generation = \(rebuilt))
                """
            #expect(try await harness.number(left) == 0)
            #expect(try await harness.step(.first, "health", rebuilt) == "gone")
            #expect(
                try await harness.number("SELECT count(*) FROM hooklog.checkpoint WHERE generation = \(rebuilt)") == 0
            )
        }
    }

    @Test func viewOfSomebodyElseKeepsTheOldTables() async throws {
        try await ProjectionHarness.run { harness in
            let first = try await begin(harness)
            try await harness.register("health", "SELECT hooklog.integer(document, 'n')::text AS n")
            let second = try await newest(harness)
            try await harness.project(.first, "health", second)
            #expect(try await activate(harness, second) == "true")
            try await harness.connection.script("CREATE VIEW projection.mine AS SELECT n FROM projection.health")
            let drop = "SELECT hooklog.drop_generation('health', \(first))"
            let error = await #expect(throws: PostgresError.self) { try await harness.rows(drop) }
            #expect(error?.sqlState?.rawValue == "2BP01")
            try await harness.connection.script("DROP VIEW projection.mine")
            let dropped = try await harness.rows(drop)
            #expect(dropped == ["true"])
        }
    }

    @Test func indexThatIsNotAListOfColumnsIsRefused() async throws {
        try await ProjectionHarness.run { harness in
            let table = ProjectionTable(
                name: "health",
                kind: .entity,
                reads: [.init(system: "pivotal", entityType: "contact")],
                select: "SELECT 1 AS n",
                indexes: ["(n); DROP TABLE hooklog.event"]
            )
            let definition = try ProjectionDefinition(name: Self.name, tables: [table])
            let error = await #expect(throws: ProjectionError.self) {
                _ = try await ProjectionRegistry(connection: harness.connection).register([definition], builtIn: false)
            }
            #expect(error?.code == .definitionRefused)
        }
    }

    @Test func tableThatAVersionNoLongerHasGoesWithTheOldOne() async throws {
        try await ProjectionHarness.run { harness in
            let registry = ProjectionRegistry(connection: harness.connection)
            let tables = ["left_side", "right_side"].map { name in
                ProjectionTable(
                    name: name,
                    kind: .entity,
                    reads: [.init(system: "pivotal", entityType: "contact")],
                    select: "SELECT 1 AS n"
                )
            }
            _ = try await registry.register([ProjectionDefinition(name: Self.name, tables: tables)], builtIn: false)
            let first = try await newest(harness)
            let fewer = try ProjectionDefinition(name: Self.name, tables: [tables[0]])
            _ = try await registry.register([fewer], builtIn: false)
            #expect(try await activate(harness, try await newest(harness)) == "true")
            let views = "SELECT viewname FROM pg_views WHERE schemaname = 'projection' ORDER BY 1"
            #expect(try await harness.rows(views) == ["left_side", "right_side"])
            _ = try await harness.rows("SELECT hooklog.drop_generation('health', \(first))")
            #expect(try await harness.rows(views) == ["left_side"])
        }
    }
}
