import Connectors
import EventLog
import Testing

/// Where connector `hmac` finds an event's id, type and time.
struct LocatedFieldTests {
    private func read(_ headers: String, _ body: String) -> String {
        let fields = Sender.known(.hmac).envelope.fields(of: Array(body.utf8), headers: headers)
        let time = fields.time.map {
            "\($0.microsecondsSince1970 / 1_000_000).\(($0.microsecondsSince1970 / 1000 % 1000).padded)"
        }
        return [fields.id, fields.type, fields.entityType, time].map { $0 ?? "-" }.joined(separator: "|")
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
    func fieldsAreFoundWhereTheSourceSays(_ headers: String, _ body: String, _ expected: String) {
        #expect(read(headers, body) == expected)
    }

    @Test(arguments: ["null", "[]", "1", #""text""#])
    func bodyWithoutAnObjectHasNoFields(_ body: String) {
        let headers = #"{"hooklog-id-at":"body:/id","hooklog-type-at":"body:/type","hooklog-time-at":"body:/at"}"#
        #expect(read(headers, body) == "-|-|-|-")
    }
}

extension Int64 {
    fileprivate var padded: String { String(repeating: "0", count: 3 - String(self).count) + String(self) }
}
