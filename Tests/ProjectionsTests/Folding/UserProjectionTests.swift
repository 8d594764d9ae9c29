import EventLog
import Foundation
import Postgres
import Projections
import Testing

/// Projections that users write.
@Suite(.timeLimit(.minutes(10)))
struct UserProjectionTests {
    private func generation(_ harness: ProjectionHarness) async throws -> Int64 {
        try await harness.number("SELECT max(generation) FROM hooklog.projection_generation")
    }

    @Test func exampleFileWorks() async throws {
        try await ProjectionHarness.run { harness in
            let examples = try #require(Bundle.module.url(forResource: "Examples", withExtension: nil))
            let catalog = try ProjectionCatalog(directory: examples.path)
            let definition = try #require(catalog.user.first)
            let registry = ProjectionRegistry(connection: harness.connection)
            #expect(try await registry.verify(catalog.user) == [definition.name: .unregistered])
            _ = try await registry.register(catalog.user, builtIn: false)
            #expect(try await registry.register(catalog.user, builtIn: false) == [definition.name: .unchanged])
            #expect(try await registry.verify(catalog.user) == [definition.name: .current])
            try await harness.append([
                #"{"id":"1","type":"customer.created","data":{"object":{"id":"cus_1","name":"Acme","health_score":80}}}"#,
                #"{"id":"2","type":"customer.updated","data":{"object":{"id":"cus_1","health_score":35,"at_risk":true}}}"#,
            ])
            try await harness.project(.first, "health_score", try await generation(harness))
            #expect(
                try await harness.rows("SELECT entity_id, name, health_score, at_risk FROM projection.health_score")
                    == ["cus_1|Acme|35|true"]
            )
            #expect(
                try await harness.rows("SELECT obj_description('projection.health_score'::regclass)")
                    == ["What each customer's health is now, for the weekly review."]
            )
            #expect(
                try await harness.number(
                    "SELECT count(*) FROM pg_indexes WHERE indexdef LIKE '%(workspace_id, health_score)%'"
                )
                    == 1
            )
        }
    }

    @Test(arguments: ["source_secret", "api_key", "workspace", "checkpoint"])
    func selectThatReadsWhatItMayNotIsRefused(table: String) async throws {
        try await ProjectionHarness.run { harness in
            let error = await #expect(throws: ProjectionError.self) {
                try await harness.register("spy", "SELECT (SELECT count(*) FROM hooklog.\(table)) AS n")
            }
            #expect(error?.code == .definitionRefused)
            #expect(error?.underlying?.sqlState?.rawValue == "42501")
            let generations = try await harness.number("SELECT count(*) FROM hooklog.projection_generation")
            #expect(generations == 1)
        }
    }

    @Test(arguments: ["hooklog.drop_generation('directory', 1)", "hooklog.create_workspace('x', 'x')"])
    func selectMayNotCallWhatChangesThings(call: String) async throws {
        try await ProjectionHarness.run { harness in
            let error = await #expect(throws: ProjectionError.self) {
                try await harness.register("spy", "SELECT \(call) IS NULL AS n")
            }
            #expect(error?.underlying?.sqlState?.rawValue == "42501")
        }
    }

    @Test func helperThatReadsWhatItMayNotStopsTheProjection() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.connection.script(
                """
                CREATE FUNCTION projection.peek() RETURNS bigint LANGUAGE plpgsql STABLE AS
                $$ BEGIN RETURN (SELECT count(*) FROM hooklog.source_secret); END $$
                """
            )
            try await harness.register("spy", "SELECT projection.peek() AS n")
            try await harness.append([RefusedEventTests.contact(1, "1")])
            let generation = try await generation(harness)
            let error = await #expect(throws: PostgresError.self) { try await harness.step(.first, "spy", generation) }
            #expect(error?.code == .insufficientPrivilege)
        }
    }

    @Test func projectionRunsAsTheRoleOfProjections() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.register("who", "SELECT current_user::text AS who")
            try await harness.append([RefusedEventTests.contact(1, "1")])
            try await harness.project(.first, "who", try await generation(harness))
            #expect(try await harness.rows("SELECT who FROM projection.who") == ["hooklog_projection"])
        }
    }

    @Test func builtInNameIsTaken() async throws {
        try await ProjectionHarness.run { harness in
            let error = await #expect(throws: ProjectionError.self) {
                try await harness.register("directory", "SELECT 1 AS a")
            }
            #expect(error?.code == .nameTaken)
        }
    }

    @Test(arguments: ["SELECT nothing AS a", "SELECT created_at AS a", "SELECT positions AS a", "SELECT 1 AS document"])
    func selectThatDoesNotFitIsRefused(select: String) async throws {
        try await ProjectionHarness.run { harness in
            let error = await #expect(throws: ProjectionError.self) { try await harness.register("wrong", select) }
            #expect(error?.code == .definitionRefused)
        }
    }

    @Test func eventProjectionHasARowPerEvent() async throws {
        try await ProjectionHarness.run { harness in
            let reads = [ProjectionTable.Selector(system: "stripe", entityType: "*")]
            let select = "SELECT hooklog.number(document, 'amount') AS amount, type AS kind"
            try await harness.register("payments", select, kind: .event, reads: reads)
            let body = #"{"id":"evt_1","type":"charge.succeeded","data":{"object":{"object":"charge","amount":12.5}}}"#
            try await harness.append([body, "broken", RefusedEventTests.contact(9, "9")], connector: "stripe")
            try await harness.append([RefusedEventTests.contact(10, "9")])
            let generation = try await generation(harness)
            for _ in 1...2 { try await harness.project(.first, "payments", generation, limit: 1) }
            #expect(
                try await harness.rows("SELECT position, event_id, kind, amount FROM projection.payments ORDER BY 1")
                    == ["1|evt_1|charge.succeeded|12.5", "3|e9|contact.updated|-"]
            )
            #expect(try await harness.rows("SELECT position, reason FROM hooklog.dead_letter") == ["2|not_json"])
        }
    }

    @Test func commentAtTheEndOfTheSelectDoesNoHarm() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.register("notes", "SELECT 1 AS a -- the end")
            try await harness.append([RefusedEventTests.contact(1, "1"), RefusedEventTests.contact(6, "1")])
            let generation = try await generation(harness)
            #expect(try await harness.project(.first, "notes", generation, limit: 1) == "caught_up")
        }
    }

    /// The engine's statements have columns and variables of such names, too.
    @Test(arguments: [ProjectionTable.Kind.entity, .event])
    func columnMayBearAnyNameThatIsNotTheEngines(kind: ProjectionTable.Kind) async throws {
        let names = [
            "workspace", "since", "until", "after", "upto", "horizon", "refused", "refusal", "unfolded", "accepted",
            "sizes",
            "bytes", "positions", "deletions", "first_at", "last_at", "late", "page", "step", "written", "t", "m", "c",
            "g",
            "is_newer", "was_outgrown", "documents", "times",
        ]
        try await ProjectionHarness.run { harness in
            let columns = names.map { "hooklog.integer(document, 'n') AS \"\($0)\"" }.joined(separator: ", ")
            try await harness.register("any", "SELECT \(columns)", kind: kind)
            let generation = try await generation(harness)
            for (number, second) in [(1, 10), (2, 20), (3, 5)] {
                var event = ContactEvent(id: number, entity: "a", second: second, values: ["n": number])
                if number == 3 { event.values["late"] = 1 }
                try await harness.append([event.body])
                #expect(try await harness.project(.first, "any", generation) == "caught_up")
            }
            let row = try await harness.rows(
                "SELECT \(names.map { "\"\($0)\"" }.joined(separator: ", ")) FROM projection.any ORDER BY 1"
            )
            let values = kind == .entity ? [2] : [1, 2, 3]
            #expect(row == values.map { value in names.map { _ in "\(value)" }.joined(separator: "|") })
            #expect(try await harness.rows("SELECT reason FROM hooklog.dead_letter") == [])
        }
    }

    @Test func selectWithoutColumnsOfItsOwnWorks() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.register("bare", "SELECT")
            try await harness.append([RefusedEventTests.contact(1, "1"), RefusedEventTests.contact(6, "2")])
            let generation = try await generation(harness)
            #expect(try await harness.project(.first, "bare", generation, limit: 1) == "caught_up")
            #expect(try await harness.rows("SELECT entity_id, document ->> 'n' FROM projection.bare") == ["c1|2"])
        }
    }
}
