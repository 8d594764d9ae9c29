import Connectors
import EventLog
import Postgres
import PostgresTesting
import Seeding
import Testing

/// Connectors read in Swift what PostgreSQL keeps: both must take the same from any body that PostgreSQL can represent.
@Suite(.log, .timeLimit(.minutes(10)))
struct EnvelopeAgreementTests {
    /// Bodies of odd members, names that repeat, spellings that mean the same, and texts that are cut or spoilt.
    private struct Bodies {
        var generator: SeededGenerator

        private static let names = [
            "a", "b", "\\u0061", "", "a\\u0000", "é", "\\u00e9", "\\ud800", "a b", "e\u{301}", "\u{301}",
        ]
        private static let scalars = [
            "1", "-0", "12.50", "1.2e1", "120E-1", "1e-5", "0e9", "0.0", "1e400", "1e401", "1e-400", "-1.0e3", "true",
            "false", "null", "123456789012345678901234567890", "0e99999", "1E+2", "5e-1",
            "1e0000000000000000000000000000001",
            "1" + String(repeating: "0", count: 1200), "0." + String(repeating: "0", count: 1100) + "1",
            #""""#, #""a""#, #""a\"b\\""#, #""\u0000""#, #""x\ud83d\ude00y""#, #""\ud83d""#, #""\ude00\ud83d""#,
            #""\\u0000""#, #""\\\u0000""#, #""\ud800\ud800\udc00""#, #""é\/\b\f\n\r\t""#, #""}{][,:""#,
            #""\uD83D\u0041""#,
            "\"\u{7F}\u{2028}\"",
        ]
        private static let spaces = ["", "", "", " ", "\n\t", "\r "]

        private mutating func pick(_ choices: [String]) -> String { choices.randomElement(using: &generator) ?? "" }

        private mutating func value(depth: Int) -> String {
            switch Int.random(in: 0..<(depth > 3 ? 2 : 6), using: &generator) {
            case 0, 1: pick(Self.scalars)
            case 2:
                "[" + (0..<3).map { _ in space() + value(depth: depth + 1) }.joined(separator: ",") + "]"
            default: object(depth: depth)
            }
        }

        private mutating func space() -> String { pick(Self.spaces) }

        private mutating func object(depth: Int) -> String {
            let members = (0..<Int.random(in: 0..<5, using: &generator)).map { _ in
                "\(space())\"\(pick(Self.names))\"\(space()):\(space())\(value(depth: depth + 1))\(space())"
            }
            return "{" + members.joined(separator: ",") + space() + "}"
        }

        mutating func next() -> [UInt8] {
            var text = Array(
                (space() + (Int.random(in: 0..<9, using: &generator) > 0 ? object(depth: 0) : value(depth: 0)))
                    .utf8
            )
            guard Int.random(in: 0..<6, using: &generator) == 0, !text.isEmpty else { return text }
            let place = Int.random(in: text.indices, using: &generator)
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: text.removeSubrange(place...)
            case 1: text[place] = UInt8.random(in: 0...255, using: &generator)
            default: text.insert(contentsOf: Array(#"\u0000"#.utf8), at: place)
            }
            return text
        }
    }

    /// What PostgreSQL and the reader say of paths into bodies: the kind of value, its text, its identifier, joined.
    private static let told = PostgresStatement(
        name: "told",
        sql: """
            SELECT array_agg(CASE WHEN b.payload IS NULL THEN NULL ELSE concat_ws('|',
                coalesce(hooklog.text(b.payload, 'a'), '-'), coalesce(hooklog.document_id(b.payload, 'a'), '-'),
                coalesce(hooklog.boolean(b.payload, 'a')::text, '-'),
                coalesce(hooklog.document_id(b.payload -> 'a', 'b'), '-'),
                coalesce(hooklog.document_id(b.payload -> '', 'é'), '-'),
                coalesce(hooklog.text(b.payload -> 'b' -> 'b', chr(65533)), '-'),
                coalesce(CASE WHEN octet_length(l.id) BETWEEN 1 AND 255 THEN l.id END, '-'),
                coalesce(CASE WHEN (hooklog.number(b.payload, 'b')) BETWEEN 0.00001 AND 253402300799
                    THEN to_timestamp((b.payload ->> 'b')::double precision) END::text, '-')
            ) END ORDER BY b.nth) AS told
            FROM unnest((hooklog.parse_bodies($1)).payloads) WITH ORDINALITY AS b (payload, nth)
            CROSS JOIN LATERAL (
                SELECT CASE jsonb_typeof(b.payload #> '{a,1}')
                    WHEN 'string' THEN b.payload #>> '{a,1}'
                    WHEN 'number' THEN trim_scale((b.payload #> '{a,1}')::numeric)::text
                END AS id
            ) AS l
            """
    )

    private static func told(_ body: [UInt8]) -> String {
        let part = JSONPart(body)
        let located = Sender.known(.hmac).envelope.fields(of: body, headers: #"{"hooklog-id-at":"body:/a/1"}"#)
        let microseconds = part["b"]?.unixTime.flatMap { $0.microsecondsSince1970 > 9 ? $0.microsecondsSince1970 : nil }
        return [
            part["a"]?.string, part["a"]?.identifier, part["a"]?.boolean.map { "\($0)" }, part["a"]["b"]?.identifier,
            part[""]["é"]?.identifier, part["b"]["b"]["\u{FFFD}"]?.string, located.id,
            microseconds.map { "1970-01-01 00:\(($0 / 60_000_000).padded):\(seconds($0 % 60_000_000))+00" },
        ].map { $0 ?? "-" }.joined(separator: "|")
    }

    /// Seconds and what there is of a fraction, as PostgreSQL writes them.
    private static func seconds(_ microseconds: Int64) -> String {
        let whole = (microseconds / 1_000_000).padded
        let fraction = microseconds % 1_000_000
        guard fraction > 0 else { return whole }
        let digits = String(fraction)
        var text = String(repeating: "0", count: 6 - digits.count) + digits
        while text.hasSuffix("0") { text.removeLast() }
        return "\(whole).\(text)"
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func bothReadTheSameOfAnyBody(seed: UInt64) async throws {
        var bodies = Bodies(generator: SeededGenerator(seed: seed))
        let batch = (0..<500).map { _ in bodies.next() }
        let result = try await LogDatabase.required().pool.query(Self.told, [.byteaArray(batch)])
        let told = try #require(result.first).decode("told", as: [String?].self)
        #expect(told.count == batch.count)
        #expect(told.contains { $0 == nil } && told.contains { $0?.contains { $0 != "-" && $0 != "|" } == true })
        for (body, expected) in zip(batch, told) {
            guard let expected else { continue }
            // What is told of an empty string: PostgreSQL's text is empty, and so is ours.
            #expect(Self.told(body) == expected, "\(String(decoding: body, as: UTF8.self))")
        }
    }

    /// What is plain has the payloads and notes that a search gives it.
    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func plainBodiesNeedNoSearch(seed: UInt64) async throws {
        var bodies = Bodies(generator: SeededGenerator(seed: seed))
        let batch = (0..<500).map { _ in bodies.next() }
        let plain = batch.filter(JSONPart.isPlain)
        #expect(100..<400 ~= plain.count)
        let statement = PostgresStatement(
            name: "search",
            sql: """
                SELECT count(*) FILTER (WHERE s.payload IS NOT NULL) AS read,
                    count(*) FILTER (WHERE p IS DISTINCT FROM s) AS different
                FROM unnest($1) AS b (body)
                CROSS JOIN LATERAL (SELECT (q.payloads)[1] AS payload, (q.notes)[1] AS note
                    FROM hooklog.parse_bodies(ARRAY[b.body], true) AS q) AS p
                CROSS JOIN LATERAL (SELECT (q.payloads)[1] AS payload, (q.notes)[1] AS note
                    FROM hooklog.parse_bodies(ARRAY[b.body], false) AS q) AS s
                """
        )
        let result = try await LogDatabase.required().pool.query(statement, [.byteaArray(plain)])
        let row = try #require(result.first)
        #expect(try row.decode("different", as: Int64.self) == 0)
        #expect(try row.decode("read", as: Int64.self) > 50)
    }

    /// Whatever a signed body holds, it is in the log afterwards, and so are those beside it.
    @Test(arguments: 11...14 as ClosedRange<UInt64>)
    func noBodyIsRefused(seed: UInt64) async throws {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace("hostile-\(seed)")
        var bodies = Bodies(generator: SeededGenerator(seed: seed))
        let hostile = [
            #"{"id":"a\#u{0}b","type":"c\#u{0}d"}"#, #"{"type":"a", "id": 1e99999999999}"#, "{\"a", #"{"id"#, "[", "",
            "[}", #"{"id":1e9223372036854775807,"data":{"id":1e-9223372036854775808}}"#,
            #"{"a":1e0000000000000000000000000000000000000000000000000001,"id":-1e}"#,
        ]
        let deliveries = Senders.known.all.flatMap { sender in
            (hostile.map { Array($0.utf8) } + (0..<40).map { _ in bodies.next() } + [
                [0xFF, 0x7B], [0x7B, 0x22, 0xFF],
            ])
            .map { body in
                let headers = #"{"hooklog-id-at":"body:/a","hooklog-type-at":"body:/b/0","hooklog-time-at":"body:/a"}"#
                return VerifiedWebhook(
                    source: .sample(workspace),
                    sender: sender,
                    deliveryID: nil,
                    headers: headers,
                    body: body
                )
            }
        }
        let answers = try await log.withAppender { await $0.append(batch: deliveries) }
        for (delivery, answer) in zip(deliveries, answers) {
            if case .failure(let error) = answer {
                Issue.record("\(error): \(String(decoding: delivery.body, as: UTF8.self))")
            }
        }
    }

    private struct Times {
        var generator: SeededGenerator

        private mutating func two(_ range: ClosedRange<Int>) -> String {
            String(String(100 + Int.random(in: range, using: &generator)).dropFirst())
        }

        mutating func next() -> String {
            let isOdd = Int.random(in: 0..<4, using: &generator) == 0
            let year =
                ["1970", "2024", "2026", "1900", "0001", "9999", "0000", "2000"].randomElement(using: &generator) ?? ""
            let day = "\(year)-\(two(isOdd ? 0...13 : 1...12))-\(two(isOdd ? 0...32 : 1...31))"
            let time = "\(two(0...(isOdd ? 25 : 23))):\(two(0...(isOdd ? 61 : 59))):\(two(0...(isOdd ? 61 : 59)))"
            let places = Int.random(in: 0...13, using: &generator)
            let digits = (0..<places).map { _ in String(Int.random(in: 0...9, using: &generator)) }.joined()
            let fraction = digits.isEmpty ? "" : "." + digits
            let zone = ["Z", "z", "+02:00", "-11:30", "+14:00", "+15:59", "-16:00", "+24:00", "+01:60", "", "+0100"]
            let separator = ["T", "T", "T", "t", " ", "_"]
            return day + (separator.randomElement(using: &generator) ?? "") + time + fraction
                + (zone.randomElement(using: &generator) ?? "")
        }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func bothReadTheSameTime(seed: UInt64) async throws {
        var times = Times(generator: SeededGenerator(seed: seed))
        let edges = [
            "2026-05-26T24:00:00Z", "2026-05-26T24:00:00.0Z", "2026-05-26T24:00:00.1Z", "2026-05-26T23:59:60Z",
            "2026-05-26T23:59:60.5Z", "2026-05-26T12:30:60.0Z", "2026-05-26T12:30:00.9999999Z", "infinity", "now", "",
            "2026-02-29T00:00:00Z", "2024-02-29T00:00:00Z", "2026-05-26T12:30:00.Z", "2026-05-26T12:30:00+15:59",
        ]
        let texts = (edges + (0..<2000).map { _ in times.next() })
        let statement = PostgresStatement(
            name: "times",
            sql:
                "SELECT array_agg(hooklog.parse_time(t.value) ORDER BY t.nth) FROM unnest($1) WITH ORDINALITY AS t (value, nth)"
        )
        let result = try await LogDatabase.required().pool.query(statement, [.textArray(texts)])
        let expected = try #require(result.first).decode(0, as: [PostgresTimestamp?].self)
        #expect(expected.count { $0 != nil } > 500 && expected.count { $0 == nil } > 100)
        for (text, time) in zip(texts, expected) {
            let body = #"{"timestamp":"\#(text)"}"#
            let fields = Sender.known(.standardWebhooks).envelope.fields(of: Array(body.utf8), headers: "{}")
            #expect(fields.time == time, "\(text)")
        }
    }
}

extension Int64 {
    fileprivate var padded: String { self < 10 ? "0\(self)" : "\(self)" }
}
