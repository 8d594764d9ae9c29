import EventLog
import Postgres
import Projections
import Testing

/// One bad event stops nothing, and whether an event is accepted depends on it alone.
@Suite(.timeLimit(.minutes(10)))
struct RefusedEventTests {
    /// A projection whose SELECT refuses what is not a whole number.
    static let strict = "SELECT (document ->> 'n')::integer AS n"

    static func contact(_ id: Int, _ n: String) -> String {
        #"{"id":"e\#(id)","type":"contact.updated","data":{"object":{"id":"c\#(id % 5)","n":\#(n)}}}"#
    }

    @Test func badNeighboursAreSetAsideWithTheirReasons() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.append([
                Self.contact(1, "1"),
                "not json",
                #"{"id":"e2","type":"contact.updated","data":{"object":[1]}}"#,
                #"{"id":"e3","type":"contact.updated","data":{"object":{"name":"nobody"}}}"#,
                #"{"id":"e4","type":"contact.updated"}"#,
                #"{"id":"e5","type":"weather.changed","data":[1]}"#,
                Self.contact(6, "6"),
            ])
            #expect(try await harness.project() == "caught_up")
            #expect(
                try await harness.rows("SELECT position, reason, attempts FROM hooklog.dead_letter ORDER BY 1")
                    == ["2|not_json|1", "3|no_entity_id|1", "4|no_entity_id|1", "5|no_object|1"]
            )
            #expect(try await harness.rows("SELECT entity_id, document ->> 'n' FROM hooklog.contact") == ["c1|6"])
        }
    }

    /// The event ids, the reasons and the documents that are left of bodies which jsonb does not take as they are.
    @Test func reasonsAreTrueAndCharactersCostOnlyThemselves() async throws {
        try await ProjectionHarness.run { harness in
            let deep = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
            try await harness.append([
                Self.contact(1, #""a\u0000b""#),
                Self.contact(2, #""\ud83d""#),
                Self.contact(3, deep),
                Self.contact(4, "1e999"),
                "{",
            ])
            #expect(try await harness.project() == "caught_up")
            #expect(
                try await harness.rows("SELECT position, reason FROM hooklog.dead_letter ORDER BY 1")
                    == ["3|too_deep", "4|number_too_large", "5|not_json"]
            )
            #expect(
                try await harness.rows("SELECT entity_id, document ->> 'n' FROM hooklog.contact ORDER BY 1")
                    == ["c1|a\u{FFFD}b", "c2|\u{FFFD}"]
            )
        }
    }

    @Test(arguments: [Int32(1), 2, 7, 1_000]) func castThatFailsSetsAsideTheSameEvents(limit: Int32) async throws {
        try await ProjectionHarness.run { harness in
            try await harness.register("strict", Self.strict)
            for id in 1...60 {
                let isBad = [3, 4, 17, 60].contains(id)
                try await harness.append([Self.contact(id, isBad ? "\"bad\"" : "\(id)")])
            }
            let generation = try await harness.number("SELECT max(generation) FROM hooklog.projection_generation")
            #expect(try await harness.project(.first, "strict", generation, limit: limit) == "caught_up")
            #expect(
                try await harness.rows("SELECT position, reason, sqlstate FROM hooklog.dead_letter ORDER BY 1")
                    == [3, 4, 17, 60].map { "\($0)|refused_by_projection|22P02" }
            )
            #expect(
                try await harness.rows("SELECT entity_id, n FROM projection.strict ORDER BY 1")
                    == ["c0|55", "c1|56", "c2|57", "c3|58", "c4|59"]
            )
        }
    }

    @Test func retrySucceedsOnceTheHelperIsMended() async throws {
        try await ProjectionHarness.run { harness in
            try await Self.makeHelper(harness, "SELECT value::integer")
            try await harness.register(
                "strict",
                "SELECT projection.reading(document ->> 'n') AS n, document ->> 'm' AS m"
            )
            let bodies = [
                #"{"id":"1","type":"contact.updated","created_at":"2026-03-01T00:00:01Z","data":{"object":{"id":"c","n":"1"}}}"#,
                #"{"id":"2","type":"contact.updated","created_at":"2026-03-01T00:00:02Z","data":{"object":{"id":"c","n":"two","m":"2"}}}"#,
                #"{"id":"3","type":"contact.updated","created_at":"2026-03-01T00:00:03Z","data":{"object":{"id":"c","n":"3"}}}"#,
            ]
            try await harness.append(bodies)
            let generation = try await harness.number("SELECT max(generation) FROM hooklog.projection_generation")
            try await harness.project(.first, "strict", generation)
            #expect(try await harness.rows("SELECT n, m FROM projection.strict") == ["3|-"])
            try await harness.withPool { pool in
                let store = DeadLetterStore(pool: pool)
                let name = ProjectionName(rawValue: "strict")
                let address = DeadLetter.Address(workspace: .first, projection: name, position: Position(rawValue: 2))
                #expect(try await store.list().map(\.address) == [address])
                #expect(try await store.retry(address) == .refused)
                #expect(try await store.list().map(\.attempts) == [2])
                try await Self.makeHelper(harness, "SELECT CASE WHEN value ~ '^[0-9]+$' THEN value::integer END")
                #expect(try await store.retryAll(DeadLetterFilter(projection: name)) == [.retried: 1])
                #expect(try await store.retry(address) == .resolved)
                #expect(try await store.list().isEmpty)
                #expect(try await store.list(DeadLetterFilter(unresolvedOnly: false)).map(\.resolution) == [.retried])
            }
            #expect(try await harness.rows("SELECT n, m FROM projection.strict") == ["3|2"])
            let rebuilt = try await harness.number("SELECT hooklog.start_rebuild('strict')")
            try await harness.project(.first, "strict", rebuilt)
            let differences = try await harness.differences(
                "projection.strict_\(generation)",
                "projection.strict_\(rebuilt)"
            )
            #expect(differences == [])
        }
    }

    private static func makeHelper(_ harness: ProjectionHarness, _ body: String) async throws {
        try await harness.connection.script(
            """
            CREATE OR REPLACE FUNCTION projection.reading(value text) RETURNS integer LANGUAGE sql IMMUTABLE AS
            $$ \(body) $$
            """
        )
    }

    @Test func discardIsAnEventThatARebuildKnows() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.append(["not json", Self.contact(1, "1")])
            try await harness.project()
            try await harness.withPool { pool in
                let store = DeadLetterStore(pool: pool)
                let address = DeadLetter.Address(
                    workspace: .first,
                    projection: .directory,
                    position: Position(rawValue: 1)
                )
                let absent = DeadLetter.Address(
                    workspace: .first,
                    projection: .directory,
                    position: Position(rawValue: 2)
                )
                #expect(try await store.discard(address, actor: "tester") == .discarded)
                #expect(try await store.discard(address, actor: "another") == .duplicate)
                #expect(try await store.discard(absent, actor: nil) == .missing)
                #expect(try await store.list().count == 1)
                try await harness.project()
                #expect(try await store.list().isEmpty)
                #expect(try await store.retry(address) == .resolved)
            }
            #expect(
                try await harness.rows(
                    "SELECT position, system, type, actor FROM hooklog.event WHERE system = 'hooklog'"
                )
                    == ["3|hooklog|dead_letter.discarded|tester"]
            )
            let rebuilt = try await harness.number("SELECT hooklog.start_rebuild('directory')")
            try await harness.project(.first, "directory", rebuilt, limit: 1)
            #expect(
                try await harness.rows(
                    "SELECT position, resolution FROM hooklog.dead_letter WHERE generation = \(rebuilt)"
                )
                    == ["1|discarded"]
            )
        }
    }

    @Test func retriedEventCannotBeDiscarded() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.append(["not json"])
            try await harness.project()
            try await harness.connection.script(
                "UPDATE hooklog.dead_letter SET resolved_at = now(), resolution = 'retried'"
            )
            #expect(
                try await harness.rows("SELECT outcome FROM hooklog.discard_dead_letter(1, 'directory', 1, NULL)")
                    == ["resolved"]
            )
        }
    }

    @Test func projectionThatRefusesEverythingStopsVisibly() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.register("strict", Self.strict)
            let generation = try await harness.number("SELECT max(generation) FROM hooklog.projection_generation")
            try await harness.append((1...200).map { Self.contact($0, $0 % 2 == 0 ? "1" : "\"bad\"") })
            #expect(try await harness.project(.first, "strict", generation) == "stopped")
            #expect(try await harness.step(.first, "strict", generation) == "waiting")
            #expect(
                try await harness.rows(
                    "SELECT position, error, sqlstate, attempts, retry_at > now() FROM hooklog.checkpoint"
                )
                    == ["0|too_many_refused|HL002|1|true"]
            )
            #expect(try await harness.number("SELECT count(*) FROM hooklog.dead_letter") == 0)
            for attempt in 2...4 {
                try await harness.connection.script("UPDATE hooklog.checkpoint SET retry_at = now() - interval '1 s'")
                let before = try #require(try await harness.rows("SELECT clock_timestamp()::text").first)
                #expect(try await harness.step(.first, "strict", generation) == "stopped")
                let stoppedAt = "retry_at - interval '\(1 << (attempt - 1)) s'"
                let between = "\(stoppedAt) BETWEEN '\(before)' AND clock_timestamp()"
                #expect(try await harness.rows("SELECT \(between) FROM hooklog.checkpoint") == ["true"])
            }
            try await harness.withPool { pool in
                let name = ProjectionName(rawValue: "strict")
                let status = try await ProjectionStatusReader(pool: pool).read().first { $0.projection == name }
                #expect(status?.state == .stopped)
                #expect(status?.failure?.reason == "too_many_refused")
                #expect(status?.lag == 200)
            }
        }
    }

    @Test func fewBadEventsAmongManyTripNothing() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.register("strict", Self.strict)
            let generation = try await harness.number("SELECT max(generation) FROM hooklog.projection_generation")
            for batch in 0..<8 {
                try await harness.append((1...50).map { Self.contact(batch * 50 + $0, $0 % 3 == 0 ? "\"bad\"" : "1") })
                #expect(try await harness.project(.first, "strict", generation) == "caught_up")
            }
            #expect(try await harness.number("SELECT count(*) FROM hooklog.dead_letter") == 128)
        }
    }

    @Test func selectThatGivesNoRowOrTwoRefusesTheEvent() async throws {
        try await ProjectionHarness.run { harness in
            let select = "SELECT n FROM generate_series(1, (document ->> 'n')::integer) AS s (n)"
            try await harness.register("rows", select)
            let generation = try await harness.number("SELECT max(generation) FROM hooklog.projection_generation")
            try await harness.append([
                Self.contact(1, "1"), Self.contact(2, "0"), Self.contact(3, "2"), Self.contact(4, "1"),
            ])
            #expect(try await harness.project(.first, "rows", generation) == "caught_up")
            #expect(
                try await harness.rows("SELECT position, sqlstate FROM hooklog.dead_letter ORDER BY 1")
                    == ["2|21000", "3|21000"]
            )
        }
    }
}
