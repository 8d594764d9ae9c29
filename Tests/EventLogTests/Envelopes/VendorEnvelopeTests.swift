import Connectors
import EventLog
import Postgres
import PostgresTesting
import Testing

/// What is read of the events of Piriod, Stuut and Ruddr, and which document projections fold.
@Suite(.log, .timeLimit(.minutes(10)))
struct VendorEnvelopeTests {
    /// The fields and the document, joined by a bar; what is null is a hyphen.
    private func read(_ connector: String, _ body: String) async throws -> String {
        let envelope = Sender.known(ConnectorName(rawValue: connector)).envelope
        let fields = envelope.fields(of: Array(body.utf8), headers: "{}")
        let statement = PostgresStatement(name: "document", sql: "SELECT hooklog.document($1, $2, $3)::text")
        let parameters: [PostgresParameter] = [.text(connector), .text(fields.type), .jsonb(body)]
        let result = try await LogDatabase.required().pool.query(statement, parameters)
        let document = try #require(result.first).decode(0, as: String?.self)
        let seconds = fields.time.map { "\($0.microsecondsSince1970 / 1_000_000)" }
        let mode = fields.livemode.map { "\($0)" }
        return [fields.id, fields.type, fields.entityType, fields.entityID, seconds, mode, document]
            .map { $0 ?? "-" }.joined(separator: "|")
    }

    @Test(arguments: [
        (
            "stuut", #"{"type":"internal_contact.updated","timestamp":"1970-01-01T00:01:40Z","data":{"id":"ic_1"}}"#,
            #"-|internal_contact.updated|internal_contact|ic_1|100|-|{"id": "ic_1"}"#
        ),
        (
            "stuut", #"{"type":"partner_contact.deleted","livemode":false,"data":{"id":7}}"#,
            #"-|partner_contact.deleted|partner_contact|7|-|false|{"id": 7}"#
        ),
        ("stuut", #"{"type":"a.b.created","data":{"id":"x"}}"#, #"-|a.b.created|a.b|x|-|-|{"id": "x"}"#),
        ("stuut", #"{"type":"partner","data":[]}"#, "-|partner|partner|-|-|-|[]"),
        (
            "ruddr", #"{"type":"client.created","timestamp":"1970-01-01T00:00:02Z","livemode":true,"data":{"id":"c"}}"#,
            #"-|client.created|client|c|2|true|{"id": "c"}"#
        ),
        ("ruddr", #"{"type":7,"id":"evt","data":{}}"#, "-|-|-|-|-|-|{}"),
        ("piriod", #"{"event":"customer.created","object_id":"cus_1"}"#, "-|customer.created|notification|cus_1|-|-|-"),
        (
            "piriod", #"{"event":"orgunit.made","object_id":12,"occurred_at":"1970-01-01T00:00:09Z","data":{"id":12}}"#,
            #"-|orgunit.made|orgunit|12|9|-|{"id": 12}"#
        ),
        (
            "piriod", #"{"event":"orgunit.made","object_id":12.0,"data":{"id":12.00}}"#,
            #"-|orgunit.made|orgunit|12|-|-|{"id": 12.00}"#
        ),
        (
            "piriod", #"{"event":"orgunit.made","object_id":1.2e1,"data":{"id":12}}"#,
            #"-|orgunit.made|orgunit|12|-|-|{"id": 12}"#
        ),
        (
            "piriod", #"{"event":"orgunit.made","object_id":"12.0","data":{"id":"12.0"}}"#,
            #"-|orgunit.made|orgunit|12.0|-|-|{"id": "12.0"}"#
        ),
        (
            "pivotal", #"{"type":"contact.updated","data":{"id":120E-1}}"#,
            #"-|contact.updated|contact|12|-|-|{"id": 12.0}"#
        ),
        (
            "piriod", #"{"event":"contact.deleted","object_id":"con_1","livemode":false,"data":{"id":"con_1"}}"#,
            #"-|contact.deleted|contact|con_1|-|false|{"id": "con_1"}"#
        ),
    ])
    func fieldsAreReadByConnector(connector: String, body: String, expected: String) async throws {
        #expect(try await read(connector, body) == expected)
    }

    /// A signed delivery holds strings only, so nothing that a sender repeats with other keys passes for an object.
    @Test(arguments: [
        #"{"event":"customer.updated","object_id":"cus_1","data":"{}","occurred_at":"1970-01-01T00:00:09Z"}"#,
        #"{"event":"customer.updated","object_id":"cus_1","livemode":"false"}"#,
    ])
    func flatBodyIsANotificationWhateverElseItHolds(body: String) async throws {
        let fields = try await read("piriod", body).split(separator: "|")
        #expect(fields[2...5] == ["notification", "cus_1", "-", "-"])
    }

    @Test(arguments: ["hmac", "standard-webhooks"])
    func otherSendersHaveTheObjectAsData(connector: String) async throws {
        let body = #"{"type":"a.b.c","timestamp":"1970-01-01T00:00:03Z","data":{"id":"x"}}"#
        #expect(try await read(connector, body) == #"-|a.b.c|a|x|3|-|{"id": "x"}"#)
    }
}
