import EventLog
import PostgresTesting
import Seeding
import Testing

/// The document of an entity has a bound that depends on the set of its events alone, and what is beyond costs nobody else.
@Suite(.timeLimit(.minutes(10)))
struct DocumentRoomTests {
    private static let lengths = [1, 400, 600, 20_000, 60_000, 90_000]
    private static let contacts = ReferenceFold.query(table: "hooklog.contact", workspace: 1)

    @Test func eventBeyondTheLimitIsADeadLetter() async throws {
        try await ProjectionHarness.run { harness in
            let small = ContactEvent(id: 1, entity: "c", second: 1, values: ["a": 1])
            var large = ContactEvent(id: 2, entity: "c", second: 2, values: ["a": 2])
            large.texts["t"] = 524_288
            let neighbour = ContactEvent(id: 3, entity: "d", second: 3, values: ["a": 3])
            try await harness.append([small, large, neighbour].map(\.body))
            #expect(try await harness.project() == "caught_up")
            #expect(try await harness.rows("SELECT position, reason FROM hooklog.dead_letter") == ["2|too_large"])
            #expect(
                try await harness.rows("SELECT entity_id, document ->> 'a' FROM hooklog.contact ORDER BY 1")
                    == ["c|1", "d|3"]
            )
            // A late event asks what came after it: not what was not accepted.
            try await harness.append([ContactEvent(id: 4, entity: "c", second: 0, texts: ["t": 1]).body])
            #expect(try await harness.project() == "caught_up")
            #expect(
                try await harness.rows(
                    "SELECT document ->> 'a', document ->> 't' FROM hooklog.contact ORDER BY entity_id"
                ) == ["1|x", "3|-"]
            )
        }
    }

    /// 512 members of 512 bytes and less fill the room; one more, or one byte more, is beyond it.
    @Test(arguments: [(511, 499, false), (511, 500, true), (512, 1, true), (512, 0, true), (510, 499, false)])
    func roomIsExact(members: Int, letters: Int, isOutgrown: Bool) async throws {
        try await ProjectionHarness.run { harness in
            // Names of one byte and of three take 512 bytes with values of 499 and 497 letters around twelve bytes.
            let events = (1...members).map { number -> ContactEvent in
                let texts = [Self.name(number): number == 1 ? letters : 9]
                return ContactEvent(id: number, entity: "c", second: number, texts: texts)
            }
            try await harness.append(events.map(\.body))
            #expect(try await harness.project(limit: 100) == "caught_up")
            #expect(try await harness.rows("SELECT outgrown FROM hooklog.contact") == ["\(isOutgrown)"])
            #expect(try await harness.rows(Self.contacts) == ReferenceFold.rows(events))
        }
    }

    private static func name(_ number: Int) -> String { number == 1 ? "m" : "m\(number)" }

    @Test func outgrownEntityIsWhatItsNewestEventSaysAndIsToldOnce() async throws {
        try await ProjectionHarness.run { harness in
            var log: [ContactEvent] = []
            for number in 1...6 {
                var event = ContactEvent(id: number, entity: "c", second: number * 10, values: ["n": number])
                event.texts["t\(number)"] = 90_000
                log.append(event)
                log.append(ContactEvent(id: number + 100, entity: "d", second: number, values: ["n": number]))
            }
            log.append(ContactEvent(id: 201, entity: "c", second: 5, values: ["late": 1]))
            log.append(ContactEvent(id: 202, entity: "c", second: 70, values: ["only": 1]))
            for event in log {
                try await harness.append([event.body])
                #expect(try await harness.project() == "caught_up")
            }
            #expect(try await harness.rows(Self.contacts) == ReferenceFold.rows(log))
            #expect(
                try await harness.rows("SELECT document FROM hooklog.contact WHERE outgrown")
                    == [#"{"id": "c", "only": 1}"#]
            )
            #expect(try await harness.rows("SELECT position, reason FROM hooklog.dead_letter") == ["5|outgrown"])
            try await expectRebuildEquals(harness)
        }
    }

    @Test func lateEventMayOutgrowTheRoomAndTheNewestEventIsShown() async throws {
        try await ProjectionHarness.run { harness in
            let log = [
                ContactEvent(id: 1, entity: "c", second: 20, values: ["a": 1], texts: ["t": 200_000]),
                ContactEvent(id: 2, entity: "c", second: 30, values: ["a": 2]),
                ContactEvent(id: 3, entity: "c", second: 10, values: ["a": 3], texts: ["u": 100_000]),
            ]
            for event in log {
                try await harness.append([event.body])
                #expect(try await harness.project() == "caught_up")
            }
            #expect(try await harness.rows(Self.contacts) == ReferenceFold.rows(log))
            #expect(try await harness.rows("SELECT document FROM hooklog.contact") == [#"{"a": 2, "id": "c"}"#])
            #expect(try await harness.rows("SELECT position, reason FROM hooklog.dead_letter") == ["2|outgrown"])
        }
    }

    @Test func valueThatShrankKeepsItsRoom() async throws {
        try await ProjectionHarness.run { harness in
            let log = [
                ContactEvent(id: 1, entity: "c", second: 1, texts: ["t": 200_000]),
                ContactEvent(id: 2, entity: "c", second: 2, texts: ["t": 1, "u": 200_000]),
                ContactEvent(id: 3, entity: "c", second: 3, texts: ["u": 1]),
            ]
            for event in log {
                try await harness.append([event.body])
                #expect(try await harness.project() == "caught_up")
            }
            #expect(try await harness.rows(Self.contacts) == ReferenceFold.rows(log))
            try await expectRebuildEquals(harness)
        }
    }

    /// Whatever the order, the pages and the duplicates.
    @Test(arguments: [UInt64(1), 2, 3, 4]) func largeHistoriesEqualTheReferenceAndARebuild(seed: UInt64) async throws {
        try await ProjectionHarness.run { harness in
            var generator = SeededGenerator(seed: seed)
            var log: [ContactEvent] = []
            var rest = ContactEvent.history(60, using: &generator)
            for index in rest.indices {
                for key in ["a", "b", "k", "l", "m", "n"] where Int.random(in: 0..<4, using: &generator) == 0 {
                    rest[index].values[key] = nil
                    rest[index].texts[key] = Self.lengths.randomElement(using: &generator)
                }
            }
            while !rest.isEmpty {
                let batch = Array(rest.prefix(Int.random(in: 1...9, using: &generator)))
                rest.removeFirst(batch.count)
                try await harness.append(batch.map(\.body))
                log += batch
                try await harness.step(limit: Int32.random(in: 1...20, using: &generator))
            }
            try await harness.project(limit: Int32.random(in: 1...20, using: &generator))
            let expected = ReferenceFold.rows(log)
            #expect(try await harness.rows(Self.contacts) == expected, "seed \(seed)")
            #expect(expected.contains { $0.hasSuffix("true") } && expected.contains { $0.hasSuffix("false") })
            try await expectRebuildEquals(harness)
        }
    }

    /// Each large event has a member of its own.
    @Test func manyLargeEventsOfOneEntityStopNothing() async throws {
        try await ProjectionHarness.run { harness in
            for round in 1...3 {
                for size in [900_000, 400_000, 60_000] {
                    let events = (0..<8).map { number in
                        ContactEvent(
                            id: round * 10_000_000 + size + number,
                            entity: "c",
                            second: round,
                            texts: ["m\(round)\(size)\(number)": size]
                        )
                    }
                    try await harness.append(events.map(\.body))
                }
                let neighbour = ContactEvent(id: round, entity: "d", second: round, values: ["n": round])
                try await harness.append([neighbour.body])
                #expect(try await harness.project() == "caught_up")
                #expect(
                    try await harness.rows("SELECT document ->> 'n' FROM hooklog.contact WHERE entity_id = 'd'")
                        == ["\(round)"]
                )
            }
            #expect(
                try await harness.rows("SELECT reason, count(*) FROM hooklog.dead_letter GROUP BY 1 ORDER BY 1")
                    == ["outgrown|1", "too_large|24"]
            )
            #expect(try await harness.number("SELECT max(pg_column_size(document)) FROM hooklog.contact") < 524_288)
            try await expectRebuildEquals(harness)
        }
    }

    /// Values that take more room than their text: the order in which they come does not matter either.
    @Test func smallBodiesWithLargeValuesCountAlikeInAnyOrder() async throws {
        try await ProjectionHarness.run { harness in
            func body(_ id: Int, _ second: Int, _ name: String, _ value: String) -> String {
                """
                {"id":"\(id)","type":"contact.updated","created_at":"2026-01-01T00:00:0\(second)Z",\
                "data":{"object":{"id":"c","\(name)":\(value)}}}
                """
            }
            let zeros = "[" + String(repeating: "0,", count: 150) + "0]"
            try await harness.append((1...200).map { body($0, 2, "k\($0)", "null") })
            #expect(try await harness.project() == "caught_up")
            try await harness.append((1...200).map { body($0 + 200, 1, "k\($0)", zeros) })
            #expect(try await harness.number("SELECT max(size) FROM hooklog.event") < 512)
            #expect(try await harness.project() == "caught_up")
            #expect(try await harness.rows("SELECT outgrown FROM hooklog.contact") == ["true"])
            try await expectRebuildEquals(harness)
        }
    }

    private func expectRebuildEquals(_ harness: ProjectionHarness) async throws {
        let rebuilt = try await harness.number("SELECT hooklog.start_rebuild('directory')")
        #expect(try await harness.project(.first, "directory", rebuilt) == "caught_up")
        #expect(try await harness.differences("hooklog_data.contact_1", "hooklog_data.contact_\(rebuilt)") == [])
    }
}
