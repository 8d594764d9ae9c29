import Connectors
import EventLog
import Foundation
import Postgres
import PostgresTesting
import Testing

@Suite(.log, .timeLimit(.minutes(10)))
struct ImportLineTests {
    private typealias Fixture = ImportFixture

    @Test func badLinesCostTheirNeighboursNothing() async throws {
        let fixture = try await Fixture()
        let lines = [
            "nope", "5", "[]", "null", #"{"id":"x"}"#, #"{"object":"contact"}"#, #"{"object":"contact","id":true}"#,
            #"{"object":"invoice","id":"x"}"#, #"{"object":"contact","id":"\u0000"}"#,
            #"{"object":"contact","id":"x","n":1e999}"#, Fixture.contact("con_1", "A"),
            String(repeating: "[", count: 20_000),
        ]
        let outcomes = try await fixture.run(lines)
        #expect(
            outcomes == [
                .refused(.notJSON), .refused(.notAnObject), .refused(.notAnObject), .refused(.notAnObject),
                .refused(.unknownType), .refused(.noID), .refused(.noID), .refused(.unknownType), .appended,
                .refused(.notJSON), .appended, .refused(.notJSON),
            ]
        )
        #expect(try await fixture.count() == 2)
    }

    @Test func bytesThatAreNotUTF8AreRefused() async throws {
        let fixture = try await Fixture()
        let outcomes = try await fixture.withImporter {
            try await $0.importLines(
                [ImportLine([0xFF, 0xFE]), ImportLine(Array(Fixture.contact("con_1", "A").utf8))],
                readAt: PostgresTimestamp(Date())
            )
        }
        #expect(outcomes == [.refused(.notJSON), .appended])
    }

    @Test func givenKindIsForObjectsThatDoNotSayIt() async throws {
        let fixture = try await Fixture()
        let lines = [#"{"id":"1"}"#, #"{"id":"1","object":"customer"}"#]
        #expect(try await fixture.run(lines, kind: "contact") == [.appended, .appended])
        #expect(try await fixture.run(lines, kind: "invoice") == [.refused(.unknownType), .unchanged])
        #expect(
            try await fixture.log.column("SELECT entity_type FROM hooklog.event ORDER BY position")
                == ["contact", "customer"]
        )
    }

    @Test(arguments: [
        (
            ConnectorName.pivotal, #"{"id":"evt_1","type":"contact.created","data":{"object":{"id":"x"}}}"#,
            "evt_1" as String?
        ),
        (.stuut, #"{"type":"partner.updated","timestamp":"2026-01-01T00:00:00Z","data":{"id":"x"}}"#, nil),
        (.piriod, #"{"event":"customer.updated","object_id":"x","data":{"id":"x"}}"#, nil),
        (.github, #"{"action":"opened"}"#, nil),
        (.hmac, #"{"id":"1","type":"a.b"}"#, "1"),
    ])
    func eventIsAppendedAsItIs(connector: ConnectorName, line: String, id: String?) async throws {
        let fixture = try await Fixture()
        #expect(try await fixture.run([line, line], into: connector) == [.appended, .unchanged])
        #expect(try await fixture.run([line], into: connector) == [.unchanged])
        #expect(try await fixture.log.value("SELECT body FROM hooklog.event") == Array(line.utf8))
        let event: String = try await fixture.log.value("SELECT event_id FROM hooklog.event")
        #expect(id.map { event == $0 } ?? event.hasPrefix("sha256:"))
    }

    @Test func eventsOfOneEntityGoTogetherAndObjectsAfterThemWait() async throws {
        let fixture = try await Fixture()
        let event = { (number: Int) -> String in
            #"{"id":"evt_\#(number)","type":"contact.updated","created_at":"2026-01-0\#(number)T00:00:00Z","#
                + #""data":{"object":{"id":"con_1","object":"contact","name":"\#(number)"}}}"#
        }
        let object = { (name: String) -> String in #"{"object":"contact","id":"con_1","name":"\#(name)"}"# }
        let outcomes = try await fixture.run([event(1), event(2), object("2"), object("X"), event(3)])
        #expect(outcomes == [.appended, .appended, .unchanged, .appended, .appended])
        #expect(
            try await fixture.log.column(
                "SELECT hooklog.document(system, type, payload) ->> 'name' FROM hooklog.event ORDER BY position"
            ) == ["1", "2", "X", "3"]
        )
    }

    @Test func kindOfAListIsCertain() async throws {
        let fixture = try await Fixture()
        let assignment = #"{"id":"ica_1","object":"internal_contact"}"#
        let kind = "internal_contact_assignment"
        #expect(try await fixture.run([assignment], into: .stuut, kind: kind, isCertain: true) == [.appended])
        #expect(try await fixture.log.column("SELECT entity_type FROM hooklog.event") == [kind])
        #expect(
            try await fixture.run([assignment], into: .stuut, kind: "invoice", isCertain: true)
                == [.refused(.unknownType)]
        )
    }

    @Test func bodyThatTheSourceWouldNotTakeIsRefused() async throws {
        let fixture = try await Fixture()
        let lines = [
            #"{"object":"contact","id":"con_1","name":"A"}"#,
            #"{"object":"contact","id":"con_2","name":"\#(String(repeating: "x", count: 200))"}"#,
            #"{"position":1,"system":"pivotal","source_id":"src_x","body_sha256":"","id":"evt_1","headers":{"x":""#
                + String(repeating: "x", count: 200) + #""},"payload":{"id":"evt_1","type":"contact.deleted"}}"#,
            #"{"position":2,"system":"pivotal","source_id":"src_x","body_sha256":"","id":"evt_2","headers":{},"#
                + #""payload":{"id":"evt_2","type":"\#(String(repeating: "x", count: 200))"}}"#,
        ]
        #expect(
            try await fixture.run(lines, bodyLimit: 200)
                == [.appended, .refused(.tooLong), .appended, .refused(.tooLong)]
        )
    }

    @Test func kindsOfASystemAreKnown() async throws {
        let fixture = try await Fixture()
        #expect(try await fixture.withImporter(.ruddr) { try await $0.entityTypes() }?.contains("contact_tag") == true)
        #expect(try await fixture.withImporter(.github) { try await $0.entityTypes() } == nil)
    }

    @Test func thinEventIsSkipped() async throws {
        let fixture = try await Fixture()
        let outcomes = try await fixture.run([#"{"event":"customer.updated","object_id":"cus_1"}"#], into: .piriod)
        #expect(outcomes == [.refused(.thin)])
        #expect(ImportRefusal.thin.isHarmless)
        #expect(try await fixture.count() == 0)
    }

    /// A workspace's export holds its commands' events and those of its other sources.
    @Test func exportOfAWorkspaceBringsItNothing() async throws {
        let fixture = try await Fixture()
        try await fixture.deliver(#"{"id":"evt_1","type":"contact.created","data":{"object":{"id":"con_1"}}}"#)
        for (source, event) in [(0, "evt_2"), (9, "evt_3")] {
            try await fixture.log.script(
                """
                SELECT * FROM hooklog.append(\(fixture.workspace.rawValue), ARRAY[\(source)], ARRAY['pivotal'], ARRAY['\(event)'],
                    ARRAY['\(event)'], ARRAY['contact.updated'], ARRAY['contact'], ARRAY[NULL::text],
                    ARRAY[NULL::timestamptz], ARRAY[true], ARRAY[NULL::bigint], ARRAY['{}'::jsonb], ARRAY[convert_to('{"id":"\(event)","type":"contact.updated"}', 'UTF8')])
                """
            )
        }
        try await fixture.log.script(
            """
            INSERT INTO hooklog.source (workspace_id, source_id, connector, name, settings, created_at)
            VALUES (\(fixture.workspace.rawValue), 9, 'pivotal', 'second', '{}', now())
            """
        )
        #expect(try await fixture.count() == 3)
        let lines = try await Self.exported(fixture)
        #expect(try await fixture.run(lines) == [.unchanged, .unchanged, .unchanged])
        let changed = lines.map { $0.replacing(#""type":"contact.created""#, with: #""type":"contact.updated""#) }
        #expect(try await fixture.run(changed) == [.conflicting, .unchanged, .unchanged], "another payload")
        #expect(try await fixture.count() == 3)
    }

    @Test func eventThatIsKnownWithAnotherBodyIsAConflict() async throws {
        let fixture = try await Fixture()
        let event = #"{"id":"evt_1","type":"contact.created","data":{"object":{"id":"con_1"}}}"#
        try await fixture.deliver(event)
        let spelt = event.replacing(":", with: " : ")
        #expect(try await fixture.run([spelt]) == [.unchanged], "only its spelling differs")
        #expect(try await fixture.run([event.replacing("con_1", with: "con_2")]) == [.conflicting])
        #expect(try await fixture.log.value("SELECT count(*) FROM hooklog.delivery_conflict", as: Int.self) == 1)
    }

    /// A workspace's live events as `hooklog events tail --json` prints them.
    private static func exported(_ fixture: ImportFixture) async throws -> [String] {
        let page = try await EventReader(pool: fixture.log.pool, senders: .known).page(
            of: fixture.workspace,
            EventFilter(livemode: true)
        )
        let events = try #require(try JSONSerialization.jsonObject(with: Data(page.events)) as? [Any])
        return try events.map { String(decoding: try JSONSerialization.data(withJSONObject: $0), as: UTF8.self) }
    }

    @Test func whatHooklogPrintsOfEventsComesBackAsItWas() async throws {
        let fixture = try await Fixture()
        try await fixture.deliver(
            #"{"id":"evt_1", "type":"contact.created","data":{"object":{"id":"con_1","n":1.50}}}"#
        )
        try await fixture.deliver("not JSON")
        try await fixture.deliver(#"{"type":"partner.updated","data":{"id":"p"}}"#, to: .stuut, id: "msg_1")
        let page = try await EventReader(pool: fixture.log.pool, senders: .known).page(
            of: fixture.workspace,
            EventFilter(livemode: true)
        )
        let lines = try await Self.exported(fixture)
        let exported = try #require(Self.firstElement(of: page.events))

        let copy = try await fixture.log.workspace("copy")
        let target = ImportTarget(source: .sample(copy, 9), sender: .known(.pivotal), livemode: true)
        let pool = fixture.log.appendPool(size: 1)
        let appender = EventAppender(pool: pool, activity: LogActivity(), logger: TestDatabase.logger)
        let importer = EventImporter(pool: fixture.log.pool, appender: appender, target: target)
        let outcomes = try await importer.importLines(
            ([exported] + lines.map { Array($0.utf8) }).map { ImportLine($0) },
            readAt: PostgresTimestamp(Date())
        )
        await pool.shutdown(deadline: .now + .seconds(10))
        #expect(outcomes.first == .appended)
        #expect(outcomes.suffix(2) == [.refused(.noPayload), .foreign(system: "stuut")])
        let same: Bool = try await fixture.log.value(
            """
            SELECT count(DISTINCT (event_id, body, type, entity_id)) = 1 AND count(*) = 2
            FROM hooklog.event WHERE event_id = 'evt_1'
            """
        )
        #expect(same)
    }

    /// The first element of an array as it is spelt.
    private static func firstElement(of array: [UInt8]) -> [UInt8]? {
        for end in array.indices.dropFirst() where array[end] == UInt8(ascii: "}") {
            let candidate = Array(array[1...end])
            if (try? JSONSerialization.jsonObject(with: Data(candidate))) != nil { return candidate }
        }
        return nil
    }
}
