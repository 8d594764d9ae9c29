import EventLog
import PostgresTesting
import Projections
import Seeding
import Testing

/// What no single event explains is narrowed to the entity, which is shown without the projection's columns; the others
/// go on.
@Suite(.timeLimit(.minutes(10)))
struct RefusedEntityTests {
    /// Each event is accepted alone; an entity that has both n and m is refused while they are equal.
    private static let quotient =
        "SELECT 1 / (coalesce((document ->> 'n')::integer, 1) - coalesce((document ->> 'm')::integer, 0)) AS q"

    private static func contact(_ id: Int, _ entity: String, _ members: String) -> String {
        #"{"id":"e\#(id)","type":"contact.updated","data":{"object":{"id":"\#(entity)",\#(members)}}}"#
    }

    private static let log = [
        contact(1, "a", #""n":5"#), contact(2, "b", #""n":3"#), contact(3, "b", #""m":3"#), contact(4, "a", #""m":4"#),
        contact(5, "c", #""n":2"#), contact(6, "b", #""z":1"#), contact(7, "d", #""n":7"#), contact(8, "d", #""m":7"#),
        contact(9, "d", #""m":6"#), contact(10, "a", #""z":1"#),
    ]

    @Test(arguments: [Int32(1), 2, 3, 1_000]) func entityIsRefusedAsAWholeAndTheOthersGoOn(limit: Int32) async throws {
        try await ProjectionHarness.run { harness in
            try await harness.register("quotient", Self.quotient)
            let generation = try await harness.number("SELECT max(generation) FROM hooklog.projection_generation")
            try await harness.append(Self.log)
            #expect(try await harness.project(.first, "quotient", generation, limit: limit) == "caught_up")
            #expect(
                try await harness.rows(
                    "SELECT entity_id, q, refused_sqlstate, document ->> 'm' FROM projection.quotient ORDER BY 1"
                ) == ["a|1|-|4", "b|-|22012|3", "c|0|-|-", "d|1|-|6"]
            )
            let letters = try await harness.rows(
                "SELECT DISTINCT reason, sqlstate FROM hooklog.dead_letter WHERE position IN (3, 6)"
            )
            #expect(letters == ["refused_as_a_whole|22012"])
            try await expectRebuildEquals(harness, generation)
        }
    }

    /// An event that only later ones make bearable, or that arrives late.
    @Test func entityComesBackWithItsNextEvent() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.register("quotient", Self.quotient)
            let generation = try await harness.number("SELECT max(generation) FROM hooklog.projection_generation")
            for body in Self.log + [Self.contact(11, "b", #""m":2"#)] {
                try await harness.append([body])
                #expect(try await harness.project(.first, "quotient", generation) == "caught_up")
            }
            #expect(
                try await harness.rows("SELECT entity_id, q, refused_sqlstate FROM projection.quotient ORDER BY 1")
                    == ["a|1|-", "b|1|-", "c|0|-", "d|1|-"]
            )
            try await harness.withPool { pool in
                let store = DeadLetterStore(pool: pool)
                let filter = DeadLetterFilter(projection: ProjectionName(rawValue: "quotient"))
                let outcomes = try await store.retryAll(filter)
                #expect(outcomes.keys.map(\.self) == [.retried])
                #expect(try await store.list(filter).isEmpty)
            }
            try await expectRebuildEquals(harness, generation)
        }
    }

    /// What was set aside is taken in, though the entity it belongs to cannot be shown meanwhile.
    @Test func retriedEventBelongsToAnEntityThatIsRefusedAsAWhole() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.register("quotient", Self.quotient)
            let generation = try await harness.number("SELECT max(generation) FROM hooklog.projection_generation")
            try await harness.append([Self.contact(1, "b", #""early":1"#)])
            try await harness.connection.script("SELECT hooklog.start_checkpoint(1, 'quotient', \(generation))")
            try await harness.connection.script(
                "SELECT hooklog.skip_event(c, '57014') FROM hooklog.checkpoint AS c WHERE projection = 'quotient'"
            )
            try await harness.append([Self.contact(2, "b", #""n":3"#), Self.contact(3, "b", #""m":3"#)])
            #expect(try await harness.project(.first, "quotient", generation) == "caught_up")
            let retry = "SELECT hooklog.retry_dead_letter(1, 'quotient', \(generation), 1) AS outcome"
            #expect(try await harness.rows(retry) == ["retried"])
            #expect(
                try await harness.rows("SELECT document ->> 'early', refused_sqlstate FROM projection.quotient")
                    == ["1|22012"]
            )
            try await expectRebuildEquals(harness, generation)
        }
    }

    /// A value that fits in a document and in no index.
    @Test func valueThatIsNotToBeStoredStopsNothing() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.register("named", "SELECT document ->> 'name' AS name")
            let generation = try await harness.number("SELECT max(generation) FROM hooklog.projection_generation")
            try await harness.connection.script("CREATE INDEX ON projection.named_\(generation) (name)")
            var generator = SeededGenerator(seed: 11)
            let letters = "abcdefghijklmnopqrstuvwxyz0123456789"
            let long = String((0..<9_000).map { _ in letters.randomElement(using: &generator) ?? "a" })
            try await harness.append([
                Self.contact(1, "a", #""name":"short""#), Self.contact(2, "b", #""name":"\#(long)""#),
                Self.contact(3, "c", #""name":"other""#),
            ])
            #expect(try await harness.project(.first, "named", generation) == "caught_up")
            #expect(
                try await harness.rows("SELECT entity_id, name, refused_sqlstate FROM projection.named ORDER BY 1")
                    == ["a|short|-", "b|-|54000", "c|other|-"]
            )
        }
    }

    private func expectRebuildEquals(_ harness: ProjectionHarness, _ generation: Int64) async throws {
        let rebuilt = try await harness.number("SELECT hooklog.start_rebuild('quotient')")
        #expect(try await harness.project(.first, "quotient", rebuilt) == "caught_up")
        let differences = try await harness.differences(
            "projection.quotient_\(generation)",
            "projection.quotient_\(rebuilt)"
        )
        #expect(differences == [])
    }
}
