import Foundation
import Testing

/// What a body may hold, by rows: the code and the field of each refusal.
@Suite(.timeLimit(.minutes(10)))
struct CommandValidationTests {
    /// A body that is refused.
    struct Row: Sendable {
        let body: String
        let code: String
        var field: String?

        init(_ body: String, _ code: String, _ field: String? = nil) {
            self.body = body
            self.code = code
            self.field = field
        }
    }

    private static let long = String(repeating: "é", count: 256)

    /// Wrong on every endpoint that has a body.
    static let anywhere = [
        Row("", "invalid_json"), Row("{", "invalid_json"), Row("{} {}", "invalid_json"),
        Row("{'name':1}", "invalid_json"),
        Row(#"{"name":"\ud800"}"#, "invalid_json"), Row(#"{"name":01}"#, "invalid_json"), Row("nul", "invalid_json"),
        Row("\u{FEFF}{}", "invalid_json"), Row(#"{"a":1,}"#, "invalid_json"),
        Row(String(repeating: "[", count: 100_000), "invalid_json"),
        Row("[]", "invalid_type"), Row("null", "invalid_type"), Row("7", "invalid_type"), Row(#""{}""#, "invalid_type"),
    ]

    static let contacts = [
        Row(#"{"name":""}"#, "too_small", "name"), Row(#"{"name":"\#(long)"}"#, "too_big", "name"),
        Row(#"{"name":null}"#, "invalid_type", "name"), Row(#"{"name":["A"]}"#, "invalid_type", "name"),
        Row(#"{"name":7,"email":7}"#, "invalid_type", "name"), Row(#"{"name":"\u0000"}"#, "invalid_string", "name"),
        Row(#"{"name":"A","email":null}"#, "invalid_type", "email"),
        Row(#"{"name":"A","email":""}"#, "invalid_string", "email"),
        Row(#"{"name":"A","email":"a"}"#, "invalid_string", "email"),
        Row(#"{"name":"A","email":" a@x.io"}"#, "invalid_string", "email"),
        Row(#"{"name":"A","email":"a@x"}"#, "invalid_string", "email"),
        Row(#"{"name":"A","email":"a..b@x.io"}"#, "invalid_string", "email"),
        Row(#"{"name":"A","email":"ä@x.io"}"#, "invalid_string", "email"),
        Row(#"{"name":"A","email":"\#(String(repeating: "a", count: 251))@x.io"}"#, "too_big", "email"),
        Row(#"{"name":"A","email":"a@x.io","title":7}"#, "invalid_type", "title"),
        Row(#"{"name":"A","email":"a@x.io","title":"\#(long)"}"#, "too_big", "title"),
        Row(#"{"name":"A","email":"a@x.io","is_primary":"true"}"#, "invalid_type", "is_primary"),
        Row(#"{"name":"A","email":"a@x.io","is_primary":null}"#, "invalid_type", "is_primary"),
        Row(#"{"name":"A","email":"a@x.io","labels":"a"}"#, "invalid_type", "labels"),
        Row(#"{"name":"A","email":"a@x.io","labels":["a",1]}"#, "invalid_type", "labels"),
        Row(#"{"name":"A","email":"a@x.io","labels":null}"#, "invalid_type", "labels"),
    ]

    static let customers = [
        Row(#"{"name":""}"#, "too_small", "name"), Row(#"{"name":true}"#, "invalid_type", "name"),
        Row(#"{"name":"A","slug":""}"#, "too_small", "slug"), Row(#"{"name":"A","slug":null}"#, "invalid_type", "slug"),
        Row(#"{"name":"A","domain":"https://"}"#, "invalid_string", "domain"),
        Row(#"{"name":"A","status":"gone"}"#, "invalid_enum_value", "status"),
        Row(#"{"name":"A","status":null}"#, "invalid_type", "status"),
        Row(#"{"name":"A","plan":{}}"#, "invalid_type", "plan"),
        Row(#"{"name":"A","mrr":1.5}"#, "invalid_type", "mrr"), Row(#"{"name":"A","mrr":"1"}"#, "invalid_type", "mrr"),
        Row(#"{"name":"A","mrr":1e999}"#, "too_big", "mrr"),
        Row(#"{"name":"A","mrr":-9007199254740992}"#, "too_small", "mrr"),
        Row(#"{"name":"A","monthly_orders":false}"#, "invalid_type", "monthly_orders"),
        Row(#"{"name":"A","slack_channel_id":1}"#, "invalid_type", "slack_channel_id"),
    ]

    static let onboardings = [
        Row(#"{"customer_id":1,"phase":"lanch"}"#, "invalid_enum_value", "phase"),
        Row(#"{"customer_id":1,"phase":null}"#, "invalid_type", "phase"),
        Row(#"{"customer_id":1,"state":"ACTIVE"}"#, "invalid_enum_value", "state"),
        Row(#"{"customer_id":1,"target_launch_date":"soon"}"#, "invalid_string", "target_launch_date"),
        Row(#"{"customer_id":1,"target_launch_date":"2026-02-30"}"#, "invalid_string", "target_launch_date"),
        Row(#"{"customer_id":1,"target_launch_date":"infinity"}"#, "invalid_string", "target_launch_date"),
        Row(#"{"customer_id":1,"csm_id":7}"#, "invalid_type", "csm_id"),
        Row(#"{"customer_id":1,"waiting_on_customer":1}"#, "invalid_type", "waiting_on_customer"),
        Row(#"{"customer_id":1,"reminders_enabled":null}"#, "invalid_type", "reminders_enabled"),
        Row(#"{"customer_id":1,"reminder_frequency_days":0}"#, "too_small", "reminder_frequency_days"),
        Row(#"{"customer_id":1,"reminder_frequency_days":366}"#, "too_big", "reminder_frequency_days"),
    ]

    private static func expectRefusal(_ reply: QueryReply, _ row: Row) {
        #expect(reply.status == 400, "\(row.body.prefix(60))")
        #expect(reply.json["error"]?["type"] == "invalid_request_error", "\(row.body.prefix(60))")
        #expect(reply.code == row.code, "\(row.body.prefix(60))")
        #expect(reply.json["error"]?["field"]?.text == row.field, "\(row.body.prefix(60))")
        #expect(reply.json["error"]?["message"]?.text?.isEmpty == false)
    }

    @Test(arguments: [
        ("customers", "customers/1", customers, [("{}", "name")]),
        ("customers/1/contacts", "contacts/1", contacts, [("{}", "name"), (#"{"name":"A"}"#, "email")]),
        ("onboardings", "onboardings/1", onboardings, [("{}", "customer_id")]),
    ])
    func badBodiesAreRefusedWithTheirField(
        collection: String,
        object: String,
        rows: [Row],
        incomplete: [(String, String)]
    ) async throws {
        try await QueryServer.withWriter { server, writer in
            let customer = try await writer.customer()
            _ = try await writer.contact("z@x.io", of: customer)
            _ = try await writer.post("onboardings", #"{"customer_id":1}"#)
            for row in Self.anywhere + rows + incomplete.map({ Row($0.0, "missing_field", $0.1) }) {
                Self.expectRefusal(try await writer.post(collection, row.body), row)
            }
            for row in Self.anywhere + rows { Self.expectRefusal(try await writer.patch(object, row.body), row) }
            #expect(try await server.number("SELECT count(*) FROM hooklog.event") == 3)
        }
    }

    @Test func limitsAreInclusiveAndCountCharacters() async throws {
        try await QueryServer.withWriter { _, writer in
            _ = try await writer.customer()
            let most = String(repeating: "𝄞", count: 255)
            let email = String(repeating: "a", count: 250) + "@x.io"
            let reply = try await writer.post(
                "customers/1/contacts",
                #"{"name":"\#(most)","email":"\#(email)","title":"\#(most)"}"#
            )
            #expect(reply.status == 201)
            #expect(reply.json["name"]?.text == most)
            #expect(try await writer.post("customers/1/contacts", #"{"name":"x","email":"\#(email)"}"#).status == 409)
            #expect(try await writer.patch("contacts/1", #"{"title":""}"#).json["title"] == "")
        }
    }

    @Test func unknownAndRepeatedAttributes() async throws {
        try await QueryServer.withWriter { _, writer in
            let body = #"{"id":"x","display_id":9,"created_at":"x","x":{"y":[null,1e400]},"name":7,"name":"A"}"#
            let reply = try await writer.post("customers", body)
            #expect(reply.status == 201)
            #expect(reply.json["name"] == "A")
            #expect(reply.json["display_id"] == 1)
            #expect(reply.json["x"] == nil)
            let contact = try await writer.post(
                "customers/1/contacts",
                #"{"name":"\u00e9\ud834\udd1e\n\"\\\/","email":"a@x.io","customer_id":"other"}"#
            )
            #expect(contact.json["name"] == "é𝄞\n\"\\/")
            #expect(contact.json["customer_id"] == reply.json["id"])
            #expect(try await writer.patch("contacts/1", #"{"customer_id":"other"}"#).text == contact.text)
        }
    }
}
