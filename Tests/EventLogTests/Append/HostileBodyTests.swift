import Connectors
import EventLog
import Postgres
import PostgresTesting
import Schema
import Testing

@Suite(.log, .timeLimit(.minutes(10)))
struct HostileBodyTests {
    struct Body: Sendable, CustomTestStringConvertible {
        let name: String
        let bytes: [UInt8]
        let isRepresentable: Bool
        let note: String?

        init(_ name: String, _ text: String, isRepresentable: Bool = false, note: String? = nil) {
            self.init(name, Array(text.utf8), isRepresentable: isRepresentable, note: note)
        }

        init(_ name: String, _ bytes: [UInt8], isRepresentable: Bool = false, note: String? = nil) {
            self.name = name
            self.bytes = bytes
            self.isRepresentable = isRepresentable
            self.note = note
        }

        var testDescription: String { name }
    }

    static let bodies: [Body] = [
        Body("empty", [], note: "not_json"),
        Body("white space", " \r\n\t", note: "not_json"),
        Body("NUL", [0], note: "not_json"),
        Body("NUL inside JSON", [0x7B, 0x00, 0x7D], note: "not_json"),
        Body("byte order mark", [0xEF, 0xBB, 0xBF, 0x7B, 0x7D], note: "not_json"),
        Body("invalid UTF-8", [0x7B, 0x22, 0xFF, 0xFE, 0x22, 0x3A, 0x31, 0x7D], note: "not_utf8"),
        Body("overlong UTF-8", [0x22, 0xC0, 0x80, 0x22], note: "not_utf8"),
        Body("escaped NUL", #"{"id":"nul","a":"\u0000"}"#, isRepresentable: true, note: "characters_replaced"),
        Body("lone high surrogate", #"{"id":"hi","a":"\ud800"}"#, isRepresentable: true, note: "characters_replaced"),
        Body("lone low surrogate", #"{"id":"lo","a":"\udc00"}"#, isRepresentable: true, note: "characters_replaced"),
        Body(
            "depth 100 000",
            String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000),
            note: "too_deep"
        ),
        Body("unclosed depth", String(repeating: #"{"a":"#, count: 50_000), note: "too_deep"),
        Body("29-digit number", #"{"id":"n29","a":12345678901234567890123456789}"#, isRepresentable: true),
        Body("repeated keys", #"{"id":"rep","a":1,"a":2}"#, isRepresentable: true),
        Body("1e400", #"{"id":"e400","a":1e400}"#, isRepresentable: true),
        Body("1e401", #"{"id":"e401","a":1e401}"#, note: "number_too_large"),
        Body("1e131071", #"{"id":"e131071","a":1e131071}"#, note: "number_too_large"),
        Body("1e131072", #"{"id":"e131072","a":1e131072}"#, note: "number_too_large"),
        Body("1e-500", #"{"id":"e-500","a":[{"b":1e-500}]}"#, note: "number_too_large"),
        Body("a number alone", "1e999", note: "number_too_large"),
        Body("after a bracket", "[-1e999]", note: "number_too_large"),
        Body("after a line's end", "[1,\n1.50E+0999]", note: "number_too_large"),
        Body("after a tab", "{\"id\":\"tab\",\"a\":\t0.1e-999}", note: "number_too_large"),
        Body("digits in a string", #"{"id":"3e999","a":"x 1e999"}"#, isRepresentable: true),
        Body(
            "many large numbers",
            "[" + Array(repeating: "1e131000", count: 4000).joined(separator: ",") + "]",
            note: "number_too_large"
        ),
        Body("id of 300 bytes", #"{"id":"\#(String(repeating: "x", count: 300))"}"#, isRepresentable: true),
        Body("id of another type", #"{"id":{"a":1}}"#, isRepresentable: true),
        Body("empty id", #"{"id":""}"#, isRepresentable: true),
        Body("huge type", #"{"id":"ty","type":"\#(String(repeating: "t", count: 100_000))"}"#, isRepresentable: true),
        Body(
            "type is a number",
            #"{"id":"tn","type":7,"created_at":[],"livemode":"maybe","data":3}"#,
            isRepresentable: true
        ),
        Body(
            "huge entity id",
            #"{"id":"he","type":"a.b","data":{"id":"\#(String(repeating: "e", count: 9000))"}}"#,
            isRepresentable: true
        ),
        Body("not an object", "[1,2,3]", isRepresentable: true),
        Body("a string", #""just text""#, isRepresentable: true),
        Body("null", "null", isRepresentable: true),
        Body("not JSON", "a=1&b=2", note: "not_json"),
        Body("NaN", #"{"a":NaN}"#, note: "not_json"),
        Body("infinite time", #"{"id":"inf","type":"a.b","timestamp":"infinity"}"#, isRepresentable: true),
        Body("large text", #"{"id":"big","a":"\#(String(repeating: "é", count: 500_000))"}"#, isRepresentable: true),
        Body("escaped backslashes", #"{"id":"bs","a":"\\u0000 \\\\ud800"}"#, isRepresentable: true),
        Body("a surrogate pair", #"{"id":"pair","a":"\ud83d\uDE00"}"#, isRepresentable: true),
        Body("NUL in broken JSON", #"{"id":"nulb","a":"\u0000""#, note: "not_json"),
        Body("NUL beside 1e999", #"{"id":"nuln","a":"\u0000","b":1e999}"#, note: "number_too_large"),
        Body("128 levels", #"{"id":"d128","a":\#(nested(127))}"#, isRepresentable: true),
        Body("129 levels", #"{"id":"d129","a":\#(nested(128))}"#, note: "too_deep"),
        Body("129 levels and NUL", #"{"id":"d129n","b":"\u0000","a":\#(nested(128))}"#, note: "too_deep"),
        Body(
            "129 levels of objects",
            String(repeating: #"{"a":"#, count: 129) + "1" + String(repeating: "}", count: 129),
            note: "too_deep"
        ),
        Body(
            "brackets in a string",
            #"{"id":"br","a":"\#(String(repeating: "[{", count: 200))"}"#,
            isRepresentable: true
        ),
        Body(
            "brackets side by side",
            "[" + Array(repeating: "{}", count: 200).joined(separator: ",") + "]",
            isRepresentable: true
        ),
    ]

    private static func nested(_ levels: Int) -> String {
        String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
    }

    @Test(arguments: bodies)
    func bodyIsStoredExactlyBesideItsNeighbours(_ body: Body) async throws {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace()
        let source = SourceID.sample(workspace)
        let good = ["good_1", "good_2", "good_3"].map { VerifiedWebhook.pivotal(source, id: $0) }
        let deliveries = [good[0], .raw(source, body.bytes), good[1], good[2]]
        let outcomes = try await append(deliveries, to: log, workspace: workspace)
        #expect(outcomes == ["inserted", "inserted", "inserted", "inserted"])
        let stored: [[UInt8]] = try await log.column("SELECT body FROM hooklog.event ORDER BY position")
        #expect(stored == deliveries.map(\.body))
        let payloads: [Bool] = try await log.column("SELECT payload IS NOT NULL FROM hooklog.event ORDER BY position")
        #expect(payloads == [true, body.isRepresentable, true, true])
        let notes: [String] = try await log.column(
            "SELECT coalesce(payload_note, '') FROM hooklog.event ORDER BY position"
        )
        #expect(notes == ["", body.note ?? "", "", ""])
        let types: [String] = try await log.column("SELECT type FROM hooklog.event ORDER BY position")
        #expect([types[0], types[2], types[3]] == Array(repeating: "customer.updated", count: 3))
        #expect((types[1] == "unparsed") == !body.isRepresentable)
        #expect(try await log.value("SELECT max(octet_length(event_id)) FROM hooklog.event", as: Int32.self) <= 255)
    }

    /// What the payload of a body becomes, and how it is shown.
    @Test(arguments: [
        (#"{"a":"x\u0000y\u0000\u0000"}"#, #"{"a":"x\ufffdy\ufffd\ufffd"}"#),
        (#"{"a":"\\\u0000"}"#, #"{"a":"\\\ufffd"}"#),
        (#"{"a":"\\u0000\u0000"}"#, #"{"a":"\\u0000\ufffd"}"#),
        (#"{"a":"\u00000"}"#, #"{"a":"\ufffd0"}"#),
        (#"{"a":"\uD83D \ude00\uDE00 \ud800\ud83d\ude00"}"#, #"{"a":"\ufffd \ufffd\ufffd \ufffd\ud83d\ude00"}"#),
        (#"{"a":"\uDBFF\u0000"}"#, #"{"a":"\ufffd\ufffd"}"#),
        (#"{"k\u0000":1.50,"k\udfff":2}"#, #"{"k\ufffd":1.50,"k\ufffd":2}"#),
    ])
    func charactersThatJsonbCannotHoldAreReplaced(body: String, mended: String) async throws {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace()
        _ = try await log.withAppender { try await $0.append(.raw(.sample(workspace), Array(body.utf8))) }
        let isMended: Bool = try await log.value("SELECT payload = $q$\(mended)$q$::jsonb FROM hooklog.event")
        #expect(isMended)
        #expect(try await log.value("SELECT body FROM hooklog.event") == Array(body.utf8))
        let page = try await EventReader(pool: log.pool, senders: .known).page(
            of: workspace,
            EventFilter(livemode: true)
        )
        #expect(String(decoding: page.events, as: UTF8.self).contains(#""payload":\#(mended)}"#))
        #expect(String(decoding: page.events, as: UTF8.self).contains(#""payload_note" : "characters_replaced""#))
        let event = try await EventReader(pool: log.pool, senders: .known).event(
            at: Position(rawValue: 1),
            in: workspace,
            livemode: true
        )
        #expect(event.map { String(decoding: $0, as: UTF8.self).contains(#""payload":\#(mended),"#) } == true)
    }

    /// Whoever waits for the log waits for nobody's parsing.
    @Test func bodiesAreReadBeforeTheLock() async throws {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace()
        try await log.script(
            """
            CREATE FUNCTION public.note_lock(body bytea) RETURNS void LANGUAGE plpgsql AS $$ BEGIN
                IF EXISTS (
                    SELECT FROM pg_locks WHERE pid = pg_backend_pid() AND relation = 'hooklog.log_head'::regclass
                ) THEN RAISE EXCEPTION 'the head is held' USING ERRCODE = '58000'; END IF;
            END $$;
            ALTER FUNCTION hooklog.parse_bodies(bytea[], boolean) RENAME TO parse_them;
            CREATE FUNCTION hooklog.parse_bodies(
                bodies bytea[], are_plain boolean, OUT payloads jsonb[], OUT notes text[])
            LANGUAGE plpgsql AS $$ BEGIN
                PERFORM public.note_lock(bodies[1]);
                SELECT p.payloads, p.notes INTO payloads, notes FROM hooklog.parse_them(bodies) AS p;
            END $$;
            """
        )
        let receipt = try await log.withAppender { try await $0.append(.pivotal(.sample(workspace), id: "a")) }
        #expect(receipt.outcome == .inserted)
    }

    @Test func allOfThemAtOnceAreStored() async throws {
        let log = try LogDatabase.required()
        let source = SourceID.sample(try await log.workspace())
        let outcomes = try await log.withAppender { appender in
            try await withThrowingTaskGroup(of: AppendReceipt.Outcome.self) { group in
                for body in Self.bodies {
                    group.addTask { try await appender.append(.raw(source, body.bytes)).outcome }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
        }
        #expect(outcomes == Array(repeating: .inserted, count: Self.bodies.count))
        let stored: [[UInt8]] = try await log.column("SELECT body FROM hooklog.event")
        #expect(Set(stored) == Set(Self.bodies.map(\.bytes)))
    }

    /// One batch for certain, whatever the scheduling.
    private func append(
        _ deliveries: [VerifiedWebhook],
        to log: LogDatabase,
        workspace: WorkspaceID
    ) async throws -> [String] {
        let parameters = EventAppender.parameters(deliveries, workspace: workspace)
        let result = try await log.pool.query(SQLLibrary.call("append", parameters.count), parameters)
        return try result.rows.map { try $0.decode("outcome", as: String.self) }
    }
}

/// What headers say of an event whose body is not JSON.
@Suite(.log, .timeLimit(.minutes(10)))
struct UnreadBodyTests {
    @Test(arguments: [
        (ConnectorName.github, #"{"x-github-event":"push"}"#, "unparsed push - -"),
        (
            .shopify, #"{"x-shopify-topic":"orders/paid","x-shopify-triggered-at":"2020-01-02T03:04:05Z"}"#,
            "unparsed orders 2020-01-02 -"
        ),
        (
            .hmac, #"{"hooklog-type-at":"header:x-t","hooklog-time-at":"header:x-at","x-t":"a.b","x-at":"1577934245"}"#,
            "unparsed a 2020-01-02 -"
        ),
        (.stuut, #"{"hooklog-sequence-at":"header:x-n","x-n":"7"}"#, "unparsed - - 7"),
        (.piriod, "{}", "unparsed notification - -"), (.pivotal, "{}", "unparsed - - -"),
    ])
    func headersCountWhereTheBodyIsUnread(_ connector: ConnectorName, _ headers: String, _ expected: String)
        async throws
    {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace("unread-\(connector)")
        for body in ["payload=%7B%7D", #"{"id":"x","type":"y.z","data":{"id":1},"#, #"{"type":"y.z","n":1e999}"#] {
            let delivery = VerifiedWebhook(
                source: .sample(workspace),
                sender: .known(connector),
                deliveryID: nil,
                headers: headers,
                body: Array(body.utf8)
            )
            #expect(try await log.withAppender { try await $0.append(delivery) }.outcome == .inserted)
        }
        let stored: [String] = try await log.column(
            """
            SELECT concat_ws(' ', type, coalesce(entity_type, '-'),
                CASE WHEN occurred_at < received_at THEN occurred_at::date::text ELSE '-' END,
                coalesce(sequence::text, '-'))
            FROM hooklog.event WHERE workspace_id = \(workspace.rawValue) AND entity_id IS NULL
                AND event_id LIKE 'sha256:%'
            """
        )
        #expect(stored == Array(repeating: expected, count: 3))
    }
}
