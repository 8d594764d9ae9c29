import Postgres
import PostgresTesting
import Testing

/// Where connector `hmac` finds an event's id, type and time.
@Suite(.log, .timeLimit(.minutes(10)))
struct LocatedFieldTests {
    private func read(_ headers: String, _ body: String) async throws -> String {
        let statement = PostgresStatement(
            name: "envelope",
            sql: """
                SELECT concat_ws(
                    '|', coalesce(e.event_id, '-'), coalesce(e.type, '-'), coalesce(e.entity_type, '-'),
                    coalesce(extract(epoch FROM e.occurred_at)::numeric(20, 3)::text, '-'))
                FROM hooklog.envelope('hmac', $1, $2) AS e
                """
        )
        let result = try await LogDatabase.required().pool.query(statement, [.jsonb(body), .jsonb(headers)])
        return try #require(result.first).decode(0)
    }

    @Test(arguments: [
        ("{}", #"{"id":"a","type":"b.c","created_at":"1970-01-01T00:00:05Z"}"#, "a|b.c|b|5.000"),
        ("{}", #"{"id":7,"type":null,"timestamp":"1970-01-01T00:00:06Z"}"#, "-|-|-|6.000"),
        (#"{"hooklog-id-at":"body:/event/id"}"#, #"{"id":"x","event":{"id":"e"},"type":"t"}"#, "e|t|t|-"),
        (
            #"{"hooklog-id-at":"body:/list/1/n"}"#, #"{"list":[0,{"n":12345678901234567890}]}"#,
            "12345678901234567890|-|-|-"
        ),
        (#"{"hooklog-id-at":"body:/a~1b/~0c"}"#, #"{"a/b":{"~c":"found"}}"#, "found|-|-|-"),
        (#"{"hooklog-id-at":"body:/"}"#, #"{"":"empty","id":"x"}"#, "empty|-|-|-"),
        (#"{"hooklog-id-at":"body:/"}"#, #""text""#, "-|-|-|-"),
        (#"{"hooklog-id-at":"body:/a/"}"#, #"{"a":{"":"empty"}}"#, "empty|-|-|-"),
        (#"{"hooklog-id-at":"body:/none"}"#, #"{"id":"x"}"#, "-|-|-|-"),
        (#"{"hooklog-id-at":"body:/o"}"#, #"{"o":{"id":"x"}}"#, "-|-|-|-"),
        (#"{"hooklog-id-at":"body:/b"}"#, #"{"b":true}"#, "-|-|-|-"),
        (#"{"hooklog-id-at":"header:x-id","x-id":"h"}"#, #"{"id":"x"}"#, "-|-|-|-"),
        (#"{"hooklog-type-at":"header:x-type","x-type":"order.paid"}"#, #"{"type":"x"}"#, "-|order.paid|order|-"),
        (#"{"hooklog-type-at":"header:x-type"}"#, #"{"type":"x"}"#, "-|-|-|-"),
        (#"{"hooklog-type-at":"body:/kind"}"#, #"{"kind":"order.paid"}"#, "-|order.paid|order|-"),
        (
            #"{"hooklog-time-at":"body:/at"}"#, #"{"at":1700000000,"created_at":"1970-01-01T00:00:05Z"}"#,
            "-|-|-|1700000000.000"
        ),
        (#"{"hooklog-time-at":"body:/at"}"#, #"{"at":1700000000.5}"#, "-|-|-|1700000000.500"),
        (#"{"hooklog-time-at":"body:/at"}"#, #"{"at":1700000000123}"#, "-|-|-|1700000000.123"),
        (#"{"hooklog-time-at":"header:x-time","x-time":"1970-01-01T00:00:09Z"}"#, "{}", "-|-|-|9.000"),
        (#"{"hooklog-time-at":"body:/at"}"#, #"{"at":"now"}"#, "-|-|-|-"),
        (#"{"hooklog-time-at":"body:/at"}"#, #"{"at":-1}"#, "-|-|-|-"),
        (#"{"hooklog-time-at":"body:/at"}"#, #"{"at":1e400}"#, "-|-|-|-"),
        (#"{"hooklog-id-at":"nonsense","hooklog-type-at":7}"#, #"{"type":"x"}"#, "-|-|-|-"),
    ])
    func fieldsAreFoundWhereTheSourceSays(_ headers: String, _ body: String, _ expected: String) async throws {
        #expect(try await read(headers, body) == expected)
    }

    @Test(arguments: ["null", "[]", "1", #""text""#])
    func bodyWithoutAnObjectHasNoFields(_ body: String) async throws {
        let headers = #"{"hooklog-id-at":"body:/id","hooklog-type-at":"body:/type","hooklog-time-at":"body:/at"}"#
        #expect(try await read(headers, body) == "-|-|-|-")
    }
}
