import EventLog
import Postgres
import PostgresTesting
import Testing

/// A late event costs no more than the engine's last note of where members were carried leaves to be read.
@Suite(.timeLimit(.minutes(10)))
struct LateEventTests {
    private static let contacts = ReferenceFold.query(table: "hooklog.contact", workspace: 1)

    /// The event that carried a member is gone, with all that came soon after it; what is known of them is in the note alone.
    @Test func historyBeforeTheLastNoteIsNotRead() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.noteEvery(bytes: 20_000)
            var log = [ContactEvent(id: 1, entity: "c", second: 10, values: ["only": 1])]
            log += (2...40).map { ContactEvent(id: $0, entity: "c", second: $0 * 10, values: ["often": $0]) }
            for event in log {
                try await harness.append([event.body])
                #expect(try await harness.project() == "caught_up")
            }
            try await harness.withSuperuser { harness in
                _ = try await harness.rows("SELECT set_config('session_replication_role', 'replica', false)")
                _ = try await harness.connection.query(
                    PostgresStatement(name: "lose", sql: "DELETE FROM hooklog.event WHERE position <= 25")
                )
            }
            let late = [
                ContactEvent(id: 41, entity: "c", second: 5, values: ["only": 2, "often": 1]),
                ContactEvent(id: 42, entity: "c", second: 15, values: ["often": 1, "new": 1]),
                ContactEvent(id: 43, entity: "c", second: 7, values: ["new": 2]),
            ]
            for event in late {
                try await harness.append([event.body])
                #expect(try await harness.project() == "caught_up")
            }
            #expect(try await harness.rows(Self.contacts) == ReferenceFold.rows(log + late))
        }
    }

    @Test func noteIsTakenAgainAfterSoManyBytes() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.noteEvery(bytes: 20_000)
            let log = (1...30).map { ContactEvent(id: $0, entity: "c", second: $0 * 10, values: ["m\($0 % 3)": $0]) }
            for event in log {
                try await harness.append([event.body])
                #expect(try await harness.project() == "caught_up")
                let unnoted = try await harness.number(
                    """
                    SELECT sum(e.size + hooklog.event_overhead()) FROM hooklog.event AS e, hooklog_data.contact_1 AS c
                    WHERE e.position > coalesce((c.member_stamps #>> '{through,2}')::bigint, 0)
                    """
                )
                #expect(unnoted < 20_000)
            }
            // The last events carried m0, m2 and m1: two members were last carried before the newest event.
            let named = "SELECT count(*) FROM hooklog_data.contact_1, jsonb_object_keys(member_stamps -> 'members')"
            #expect(try await harness.number(named) > 0)
            #expect(try await harness.rows(Self.contacts) == ReferenceFold.rows(log))
        }
    }

    /// What an entity is that has outgrown its room depends on its newest event, and nobody asks what the others carried.
    @Test func lateDocumentsThatOutgrowTheRoomAreNotLookedInto() async throws {
        try await ProjectionHarness.run { harness in
            let newest = ContactEvent(id: 1, entity: "c", second: 99, values: ["n": 1])
            try await harness.append([newest.body])
            #expect(try await harness.project() == "caught_up")
            let late = (2...33).map { number -> ContactEvent in
                var event = ContactEvent(id: number, entity: "c", second: number, values: [:])
                event.texts["t\(number)"] = 500_000
                return event
            }
            try await harness.append(late.map(\.body))
            #expect(try await harness.project() == "caught_up")
            #expect(try await harness.rows("SELECT outgrown, member_stamps FROM hooklog_data.contact_1") == ["true|-"])
            #expect(try await harness.rows(Self.contacts) == ReferenceFold.rows([newest] + late))
        }
    }
}
