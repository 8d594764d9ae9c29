import Connectors
import EventLog
import Foundation
import Postgres
import PostgresTesting
import Testing

@Suite(.log, .timeLimit(.minutes(10)))
struct EventReaderTests {
    private struct Shown: Decodable {
        let position: Int64
        let id: String
        let type: String
        let system: String
        let source_id: String
        let livemode: Bool
        let entity_type: String?
        let occurred_at: String
        let received_at: String
        let size: Int
        let body_sha256: String
        let body: String?
        let body_encoding: String?
    }

    private func shown(_ page: EventPage) throws -> [Shown] {
        try JSONDecoder().decode([Shown].self, from: Data(page.events))
    }

    private func fill(_ log: LogDatabase, _ deliveries: [VerifiedWebhook]) async throws {
        try await log.withAppender { appender in
            for delivery in deliveries { _ = try await appender.append(delivery) }
        }
    }

    /// Writes many events by SQL alone.
    private func fill(_ log: LogDatabase, count: Int, livemode: Bool = true) async throws {
        try await log.script(
            """
            SELECT count(*) FROM (
                SELECT hooklog.append(1, array_agg(1::bigint), array_agg('pivotal'::text), array_agg(NULL::text),
                    array_agg(i::text), array_agg('a.b'::text), array_agg('a'::text), array_agg(NULL::text),
                    array_agg(NULL::timestamptz), array_agg(\(livemode)), array_agg(NULL::bigint),
                    array_agg('{}'::jsonb), array_agg(convert_to('{"id":"' || i || '","livemode":\(livemode),"type":"a.b"}',
                    'UTF8'))) FROM generate_series(1, \(count)) AS i GROUP BY i / 500) AS x
            """
        )
    }

    @Test func eventsAreRendered() async throws {
        let log = try LogDatabase.required()
        let source = SourceID.sample(try await log.workspace(), 42)
        let delivery = VerifiedWebhook.pivotal(source, id: "evt", createdAt: "2026-01-02T03:04:05.678901+01:00")
        try await fill(log, [delivery])
        let page = try await EventReader(pool: log.pool, senders: .known).page(
            of: source.workspace,
            EventFilter(livemode: true)
        )
        let event = try #require(try shown(page).first)
        #expect(page.count == 1)
        #expect(page.head.rawValue == 1)
        #expect(page.nextAfter.rawValue == 1)
        #expect(event.id == "evt")
        #expect(event.source_id == source.description)
        #expect(event.occurred_at == "2026-01-02T02:04:05.678901Z")
        #expect(event.received_at.hasSuffix("Z") && event.received_at.count == 27)
        #expect(event.size == delivery.body.count)
        #expect(event.body_sha256.count == 64)
        #expect(event.body == nil)
    }

    @Test(arguments: [
        #"{ "b":1,  "a":12345678901234567890123456789,"a":1.10 }"#, "[1,\n2]", #""text""#, "null", "1e2",
    ])
    func payloadComesOutAsItWasSent(_ body: String) async throws {
        let log = try LogDatabase.required()
        let source = SourceID.sample(try await log.workspace())
        try await fill(log, [.raw(source, Array(body.utf8))])
        let reader = EventReader(pool: log.pool, senders: .known)
        let page = try await reader.page(of: source.workspace, EventFilter(livemode: true))
        #expect(String(decoding: page.events, as: UTF8.self).hasSuffix("\"payload\":\(body)}]"))
        let event = try #require(
            try await reader.event(at: Position(rawValue: 1), in: source.workspace, livemode: true)
        )
        #expect(try JSONDecoder().decode(Shown.self, from: Data(event)).body == body)
    }

    @Test func bodyThatIsNoJSONHasNoPayload() async throws {
        let log = try LogDatabase.required()
        let source = SourceID.sample(try await log.workspace())
        let bodies: [[UInt8]] = [[0xFF, 0x00], Array("a=\u{0}\"b".utf8), []]
        try await fill(log, bodies.map { .raw(source, $0) })
        let reader = EventReader(pool: log.pool, senders: .known)
        let page = try await reader.page(of: source.workspace, EventFilter(livemode: true))
        #expect(try shown(page).map(\.type) == ["unparsed", "unparsed", "unparsed"])
        #expect(String(decoding: page.events, as: UTF8.self).split(separator: "\"payload\":null").count == 4)
        for (index, (encoding, body)) in [("base64", "/wA="), ("utf-8", "a=\u{0}\"b"), ("utf-8", "")].enumerated() {
            let position = Position(rawValue: Int64(index + 1))
            let event = try #require(try await reader.event(at: position, in: source.workspace, livemode: true))
            let shown = try JSONDecoder().decode(Shown.self, from: Data(event))
            #expect(shown.body_encoding == encoding)
            #expect(shown.body == body)
        }
    }

    @Test func pagesCoverTheLogOnce() async throws {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace()
        try await fill(log, count: 1100)
        let reader = EventReader(pool: log.pool, senders: .known)
        var positions: [Int64] = []
        var after = Position.start
        repeat {
            let page = try await reader.page(of: workspace, EventFilter(livemode: true), after: after, limit: 300)
            positions += try shown(page).map(\.position)
            #expect(page.head.rawValue == 1100)
            #expect(page.nextAfter > after)
            after = page.nextAfter
        } while after.rawValue < 1100
        #expect(positions == Array(1...1100))
        let rest = try await reader.page(of: workspace, EventFilter(livemode: true), after: after)
        #expect(rest.count == 0)
        #expect(rest.nextAfter == after)
        #expect(rest.events == Array("[]".utf8))
    }

    @Test func filtersApply() async throws {
        let log = try LogDatabase.required()
        let source = SourceID.sample(try await log.workspace())
        try await fill(
            log,
            [
                .pivotal(source, id: "1"), .pivotal(source, id: "2", extra: #","livemode":false"#),
                .pivotal(source, id: "3", type: "contact.created"), .pivotal(source, id: "4"),
            ]
        )
        let reader = EventReader(pool: log.pool, senders: .known)
        let customer = EventFilter.Entity(type: "customer", id: "cus_1")
        let cases: [(EventFilter, [Int64])] = [
            (EventFilter(livemode: true), [1, 3, 4]), (EventFilter(livemode: false), [2]),
            (EventFilter(livemode: true, type: "contact.created"), [3]), (EventFilter(livemode: true, type: "x"), []),
            (EventFilter(livemode: true, entity: customer), [1, 4]),
            (EventFilter(livemode: false, entity: customer), [2]),
            (EventFilter(livemode: true, type: "contact.created", entity: customer), []),
            (EventFilter(livemode: true, entity: .init(type: "customer", id: "none")), []),
        ]
        for (filter, positions) in cases {
            let page = try await reader.page(of: source.workspace, filter)
            #expect(try shown(page).map(\.position) == positions)
            #expect(page.nextAfter.rawValue == 4)
        }
        let page = try await reader.page(of: source.workspace, EventFilter(livemode: true, entity: customer), limit: 1)
        #expect(page.nextAfter.rawValue == 1)
    }

    @Test func sparseFilterIsBounded() async throws {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace()
        try await fill(log, count: 600)
        try await log.script("UPDATE hooklog.log_head SET floor_position = 120000 WHERE workspace_id = \(workspace)")
        let reader = EventReader(pool: log.pool, senders: .known)
        let filter = EventFilter(livemode: true, type: "none")
        var after = Position.start
        var ends: [Int64] = []
        while after.rawValue < 120_000 {
            let page = try await reader.page(of: workspace, filter, after: after)
            #expect(page.count == 0)
            after = page.nextAfter
            ends.append(after.rawValue)
        }
        #expect(ends == [50_000, 100_000, 120_000])
    }

    @Test func pageIsBoundedInBytes() async throws {
        let log = try LogDatabase.required()
        let source = SourceID.sample(try await log.workspace())
        let bodies = (0..<5).map { Array(#"{"id":"\#($0)","x":"\#(String(repeating: "x", count: 5 << 20))"}"#.utf8) }
        try await fill(log, bodies.map { .raw(source, $0) })
        let page = try await EventReader(pool: log.pool, senders: .known).page(
            of: source.workspace,
            EventFilter(livemode: true)
        )
        #expect(page.count == 3)
        #expect(page.nextAfter.rawValue == 3)
    }

    @Test func eventsOfOthersAreNotShown() async throws {
        let log = try LogDatabase.required()
        let (first, second) = (try await log.workspace("one"), try await log.workspace("two"))
        try await fill(log, [.pivotal(.sample(first), id: "1")])
        let reader = EventReader(pool: log.pool, senders: .known)
        let position = Position(rawValue: 1)
        #expect(try await reader.event(at: position, in: first, livemode: true) != nil)
        #expect(try await reader.event(at: position, in: first, livemode: false) == nil)
        #expect(try await reader.event(at: position, in: second, livemode: true) == nil)
        #expect(try await reader.page(of: second, EventFilter(livemode: true)).count == 0)
    }

    @Test func badRequestsAreRefused() async throws {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace()
        let reader = EventReader(pool: log.pool, senders: .known)
        for limit in [0, -1, 1001] {
            #expect(
                await code { try await reader.page(of: workspace, EventFilter(livemode: true), limit: limit) }
                    == .invalidArgument
            )
        }
        let negative = Position(rawValue: -1)
        #expect(
            await code { try await reader.page(of: workspace, EventFilter(livemode: true), after: negative) }
                == .invalidArgument
        )
        let unknown = WorkspaceID(rawValue: 404)
        #expect(await code { try await reader.page(of: unknown, EventFilter(livemode: true)) } == .unknownWorkspace)
        #expect(await code { try await reader.head(of: unknown) } == .unknownWorkspace)
    }

    @Test(arguments: [("customer/1", "customer", "1"), ("a/b/c", "a", "b/c")])
    func entityIsTypeAndID(text: String, type: String, id: String) {
        #expect(EventFilter.Entity(text) == EventFilter.Entity(type: type, id: id))
    }

    @Test(arguments: ["", "/", "a", "a/", "/a"])
    func incompleteEntityIsRefused(_ text: String) {
        #expect(EventFilter.Entity(text) == nil)
    }

    @Test func headIsTheNumberOfEvents() async throws {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace()
        let reader = EventReader(pool: log.pool, senders: .known)
        let empty = try await reader.head(of: workspace)
        #expect(empty.position == .start)
        #expect(empty.receivedAt == nil)
        try await fill(log, count: 700)
        let head = try await reader.head(of: workspace)
        #expect(head.position.rawValue == 700)
        #expect(try await log.value("SELECT max(received_at) FROM hooklog.event") == head.receivedAt)
    }
}
