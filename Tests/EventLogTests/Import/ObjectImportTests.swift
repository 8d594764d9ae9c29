import Connectors
import EventLog
import Foundation
import Postgres
import PostgresTesting
import Testing

@Suite(.log, .timeLimit(.minutes(10)))
struct ObjectImportTests {
    private typealias Fixture = ImportFixture

    @Test func objectBecomesAnEventOfItsVendorsShape() async throws {
        let fixture = try await Fixture()
        let object =
            #"{"object":"contact", "id":"con_1","mrr":1.50,"#
            + #""created_at":"2026-01-01T00:00:00Z","updated_at":"2026-02-01T00:00:00.123Z"}"#
        #expect(try await fixture.run([object]) == [.appended])
        let row: String = try await fixture.log.value(
            """
            SELECT concat_ws('|', position, source_id, system, type, entity_type, entity_id, livemode,
                occurred_at = '2026-02-01T00:00:00.123Z', event_id = payload ->> 'id', left(event_id, 7), delivery_id)
            FROM hooklog.event
            """
        )
        #expect(row == "1|7|pivotal|contact.updated|contact|con_1|t|t|t|import:")
        let body: [UInt8] = try await fixture.log.value("SELECT body FROM hooklog.event")
        #expect(String(decoding: body, as: UTF8.self).hasSuffix(#""data":{"object":\#(object)}}"#), "spelling changed")
    }

    @Test(arguments: [
        (ConnectorName.pivotal, "contact", #""created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:00Z""#),
        (.piriod, "contact", #""created":"2026-01-01T00:00:00Z","updated":"2026-01-01T00:00:00Z""#),
        (.stuut, "internal_contact", #""created_at":"2026-01-01T00:00:00Z","modified_at":null"#),
        (.ruddr, "contact", #""createdAt":"2026-01-01T00:00:00Z""#),
        (.ruddr, "company", #""createdAt":"2026-01-01T00:00:00Z","modifiedAt":"2026-01-01T00:00:00Z""#),
    ])
    func objectThatNeverChangedIsCreated(connector: ConnectorName, kind: String, times: String) async throws {
        let fixture = try await Fixture()
        #expect(try await fixture.run([#"{"id":"x",\#(times)}"#], into: connector, kind: kind) == [.appended])
        let row: String = try await fixture.log.value(
            """
            SELECT concat_ws('|', type, entity_type, entity_id, occurred_at = '2026-01-01T00:00:00Z', livemode,
                left(event_id, 7), hooklog.document(system, type, payload) ->> 'id')
            FROM hooklog.event
            """
        )
        #expect(row == "\(kind).created|\(kind)|x|t|t|import:|x")
        #expect(try await fixture.run([#"{"id":"x",\#(times)}"#], into: connector, kind: kind) == [.unchanged])
    }

    @Test func secondRunAppendsOnlyWhatChanged() async throws {
        let fixture = try await Fixture()
        let first = (0..<20).map { Fixture.contact("con_\($0)", "A") }
        #expect(try await fixture.run(first).allSatisfy { $0 == .appended })
        var second = first
        second[7] = Fixture.contact("con_7", "B", updated: "2026-03-01T00:00:00Z")
        second.append(Fixture.contact("con_new", "N"))
        let outcomes = try await fixture.run(second)
        #expect(outcomes.indices.filter { outcomes[$0] == .appended } == [7, 20])
        #expect(try await fixture.count() == 22)
        #expect(try await fixture.run(second).allSatisfy { $0 == .unchanged })
    }

    @Test("An object that changed there and back is appended each time", arguments: [true, false])
    func changeThereAndBackIsAppended(tellsWhen: Bool) async throws {
        let fixture = try await Fixture()
        let objects = ["A", "B", "A"].enumerated().map { index, name in
            tellsWhen
                ? Fixture.contact("con_1", name, updated: "2026-02-0\(index + 1)T00:00:00Z")
                : #"{"object":"contact","id":"con_1","name":"\#(name)"}"#
        }
        for object in objects {
            #expect(try await fixture.run([object]) == [.appended])
            #expect(try await fixture.run([object]) == [.unchanged])
        }
        #expect(try await fixture.count() == 3)
        #expect(try await fixture.state() == ["contact con_1 A"])
    }

    @Test func changeThereAndBackUnderOneTimeIsAppended() async throws {
        let fixture = try await Fixture()
        for name in ["A", "B", "A", "B"] {
            #expect(try await fixture.run([Fixture.contact("con_1", name)]) == [.appended])
        }
        #expect(try await fixture.state() == ["contact con_1 B"])
    }

    @Test func versionsOfOneObjectInOneCallAreTakenInTurn() async throws {
        let fixture = try await Fixture()
        let names = ["A", "A", "B", "A", "A", "C"]
        let outcomes = try await fixture.run(
            names.map { Fixture.contact("con_1", $0) } + [Fixture.contact("con_2", "A")]
        )
        #expect(outcomes == [.appended, .unchanged, .appended, .appended, .unchanged, .appended, .appended])
        #expect(try await fixture.state() == ["contact con_1 C", "contact con_2 A"])
    }

    @Test func webhookBetweenTwoRunsIsComparedWith() async throws {
        let fixture = try await Fixture()
        try await fixture.run([Fixture.contact("con_1", "A")])
        try await fixture.deliver(
            #"{"id":"evt_1","type":"contact.updated","created_at":"2026-03-01T00:00:00Z","#
                + #""data":{"object":{"id":"con_1","name":"B"}}}"#
        )
        // What the vendor listed before the webhook is known, as of then.
        #expect(try await fixture.run([Fixture.contact("con_1", "A")]) == [.unchanged])
        #expect(try await fixture.state() == ["contact con_1 B"])
        let newer = Fixture.contact("con_1", "A", updated: "2026-04-01T00:00:00Z")
        #expect(try await fixture.run([newer]) == [.appended])
        #expect(try await fixture.state() == ["contact con_1 A"])
    }

    @Test func olderObjectOverridesNothing() async throws {
        let fixture = try await Fixture()
        try await fixture.deliver(
            #"{"id":"evt_1","type":"contact.created","created_at":"2026-03-01T00:00:00Z","#
                + #""data":{"object":{"id":"con_1","name":"B"}}}"#
        )
        #expect(try await fixture.run([Fixture.contact("con_1", "A")]) == [.appended])
        #expect(try await fixture.run([Fixture.contact("con_1", "A")]) == [.unchanged])
        #expect(try await fixture.state() == ["contact con_1 B"])
        #expect(try await fixture.state("created_at") == ["contact con_1 2026-01-01T00:00:00.000Z"])
    }

    @Test func objectThatIsThereAgainAfterItsDeletionIsAppended() async throws {
        let fixture = try await Fixture()
        try await fixture.run([Fixture.contact("con_1", "A")])
        try await fixture.deliver(
            #"{"id":"evt_1","type":"contact.deleted","created_at":"2026-03-01T00:00:00Z","#
                + #""data":{"object":{"id":"con_1"}}}"#
        )
        #expect(try await fixture.run([Fixture.contact("con_1", "A")]) == [.unchanged], "it was so before")
        let restored = Fixture.contact("con_1", "A", updated: "2026-04-01T00:00:00Z")
        #expect(try await fixture.run([restored]) == [.appended])
        #expect(try await fixture.run([restored]) == [.unchanged])
    }

    @Test func documentOfSeveralEventsIsComparedAsAWhole() async throws {
        let fixture = try await Fixture()
        try await fixture.run([#"{"object":"contact","id":"con_1","name":"A","title":"Head"}"#])
        try await fixture.deliver(
            #"{"id":"evt_1","type":"contact.updated","data":{"object":{"id":"con_1","title":"Lead"}}}"#
        )
        let whole = #"{"title":"Lead","name":"A","id":"con_1","object":"contact"}"#
        #expect(try await fixture.run([whole]) == [.unchanged])
    }

    @Test func liveAndTestDataAreTwo() async throws {
        let fixture = try await Fixture()
        #expect(try await fixture.run([Fixture.contact("con_1", "A")]) == [.appended])
        #expect(try await fixture.run([Fixture.contact("con_1", "A")], livemode: false) == [.appended])
        #expect(try await fixture.run([Fixture.contact("con_1", "A")], livemode: false) == [.unchanged])
        #expect(
            try await fixture.log.column("SELECT livemode::text FROM hooklog.event ORDER BY position")
                == ["true", "false"]
        )
    }

    @Test func objectOfTheFutureIsTakenOnce() async throws {
        let fixture = try await Fixture()
        let object = Fixture.contact("con_1", "A", updated: "2999-01-01T00:00:00Z")
        #expect(try await fixture.run([object]) == [.appended])
        #expect(try await fixture.run([object]) == [.unchanged])
    }

    @Test func contactsThatDoNotTellWhenTheyChangedCountAsOfTheReading() async throws {
        let fixture = try await Fixture()
        let object = { (name: String) -> String in
            #"{"id":"r1","firstName":"\#(name)","createdAt":"2026-01-01T00:00:00.000Z"}"#
        }
        try await fixture.run([object("A")], into: .ruddr, kind: "contact")
        try await fixture.deliver(
            #"{"type":"contact.updated","timestamp":"2026-03-01T00:00:00Z","data":{"id":"r1","firstName":"B"}}"#,
            to: .ruddr,
            id: "msg_1"
        )
        #expect(try await fixture.run([object("C")], into: .ruddr, kind: "contact") == [.appended])
        #expect(try await fixture.state("firstName") == ["contact r1 C"])
        #expect(
            try await fixture.log.column("SELECT type FROM hooklog.event ORDER BY position")
                == ["contact.created", "contact.updated", "contact.updated"]
        )
    }

    @Test func objectWithAMemberMoreIsAppended() async throws {
        let fixture = try await Fixture()
        let less = #"{"object":"contact","id":"con_1","name":"A"}"#
        let more = #"{"object":"contact","id":"con_1","name":"A","title":null}"#
        #expect(try await fixture.run([less]) == [.appended])
        #expect(try await fixture.run([more]) == [.appended])
        #expect(try await fixture.run([more, less]) == [.unchanged, .unchanged])
    }

    @Test func lateDeletionIsNoneOfTheObjectsOwnTime() async throws {
        let fixture = try await Fixture()
        try await fixture.deliver(
            #"{"id":"evt_1","type":"contact.deleted","created_at":"2026-03-01T00:00:00Z","#
                + #""data":{"object":{"id":"con_1"}}}"#
        )
        let before = Fixture.contact("con_1", "A")
        #expect(try await fixture.run([before]) == [.appended], "what it was before its deletion was not known")
        #expect(try await fixture.run([before]) == [.unchanged])
        try await fixture.deliver(
            #"{"id":"evt_2","type":"contact.updated","created_at":"2026-02-15T00:00:00Z","#
                + #""data":{"object":{"id":"con_1","title":"late"}}}"#
        )
        #expect(try await fixture.run([before]) == [.unchanged])
    }
}
