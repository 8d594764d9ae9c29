import Foundation
import Testing

/// The requests that the vendors' own pages show, sent with curl, their host and token replaced and their placeholders
/// filled in: objects that came by signed delivery are changed, and the answer is the one on the page.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct SeedRequestTests {
    @Test func pivotalUpdatesAContact() async throws {
        try await Seeds.with { seeds in
            let contact = """
                {"object":"contact","id":"c1234567-89ab-4def-0123-456789abcdef","display_id":12,"customer_id":"cust7890",
                "name":"Jane Doe","email":"jane.doe@example.com","title":"Senior Product Manager","is_primary":false,
                "labels":["stakeholder","marketing"],"created_at":"2024-01-15T09:30:00Z","updated_at":"2024-04-20T14:45:00Z"}
                """
            let events = [("created", "2024-01-15T09:30:00Z"), ("updated", "2024-04-20T14:45:00Z")].map { type, time in
                #"""
                {"id":"evt_\#(type)","type":"contact.\#(type)","created_at":"\#(time)","org_id":"org_1","livemode":true,
                "api_version":"v1","data":{"object":\#(contact)}}
                """#
            }
            try await seeds.deliver(events, by: "pivotal")
            let answer = try await seeds.curl("PATCH", "/api/v1/contacts/12", "Bearer", [], "{}")
            #expect(answer.status == 200)
            // Pivotal's pages show times with and without milliseconds; they are always there.
            let body = answer.body.replacing(".000Z", with: "Z")
            #expect(try Seeds.object(body) == Seeds.object(contact), "\(answer.body)")
        }
    }

    @Test func pivotalAddsAContactToACustomer() async throws {
        try await Seeds.with { seeds in
            try await seeds.deliver(
                [
                    """
                    {"id":"evt_1","type":"customer.created","created_at":"2024-01-15T09:30:00Z","org_id":"org_1","livemode":true,
                    "api_version":"v1","data":{"object":{"id":"cust7890","display_id":42,"name":"Acme"}}}
                    """
                ],
                by: "pivotal"
            )
            let body = #"{"name":"Alice Johnson","email":"alice.johnson@example.com"}"#
            let answer = try await seeds.curl("POST", "/api/v1/customers/42/contacts", "Bearer", [], body)
            #expect(answer.status == 201)
            let object = try answer.object
            let names = [
                "object", "id", "display_id", "customer_id", "name", "email", "title", "is_primary", "labels",
                "created_at",
                "updated_at",
            ]
            #expect(Set(object.allKeys.compactMap { $0 as? String }) == Set(names))
            #expect(object["name"] as? String == "Alice Johnson")
            #expect(object["email"] as? String == "alice.johnson@example.com")
            #expect(object["is_primary"] as? Bool == false)
        }
    }

    @Test func piriodUpdatesAContact() async throws {
        try await Seeds.with { seeds in
            let contact = """
                {"name":"Jane","email":"jsmith@example.com","id":"con_01H8XYZ123ABC","customer":"cus_1","orgunit":"7",
                "phone":"+5691","invoicing":false,"collections":false,"created":"2023-11-07T05:31:56Z",
                "updated":"2023-11-07T05:31:56Z"}
                """
            let customer = #"{"id":"cus_1","name":"Acme","country":{"id":"CL"},"created":"2023-11-07T05:31:56Z"}"#
            let unit = #"{"id":7,"name":"Finance","customer":"cus_1","created":"2023-11-07T05:31:56Z"}"#
            try await seeds.bring([("customer", customer), ("orgunit", unit), ("contact", contact)], by: "piriod")
            let answer = try await seeds.curl(
                "PATCH",
                "/piriod/contacts/con_01H8XYZ123ABC/",
                "Token",
                ["x-simple-workspace: acme"],
                """
                {"name": "John Smith", "email": "jsmith@example.com", "customer": "cus_1", "orgunit": "7",
                "phone": "+56912345678", "invoicing": true, "collections": true}
                """
            )
            #expect(answer.status == 200)
            let expected = try Seeds.object(
                """
                {"name":"John Smith","email":"jsmith@example.com","id":"con_01H8XYZ123ABC","customer":"cus_1","orgunit":"7",
                "phone":"+56912345678","invoicing":true,"collections":true,"created":"2023-11-07T05:31:56Z"}
                """
            )
            #expect(try answer.object(without: "updated") == expected, "\(answer.body)")
        }
    }

    @Test func stuutUpdatesAnInternalContact() async throws {
        try await Seeds.with { seeds in
            try await seeds.deliver(
                [
                    """
                    {"type":"internal_contact.created","timestamp":"2023-11-07T05:31:56Z","data":{
                    "created_at":"2023-11-07T05:31:56Z","modified_at":null,"id":"int_1","email":"jane@acme.com",
                    "given_name":null,"family_name":null,"name":"Jane","phone":null,"job_title":null,
                    "object":"internal_contact"}}
                    """
                ],
                by: "stuut"
            )
            let answer = try await seeds.curl(
                "PATCH",
                "/stuut/v2/internal-contacts/int_1",
                "Bearer",
                [],
                """
                {"email": "jane.doe@acme.com", "given_name": "Jane", "family_name": "Doe", "name": "Jane Doe",
                "phone": "+15083670989", "job_title": "CSM"}
                """
            )
            #expect(answer.status == 200)
            let expected = try Seeds.object(
                """
                {"created_at":"2023-11-07T05:31:56Z","id":"int_1","email":"jane.doe@acme.com","given_name":"Jane",
                "family_name":"Doe","name":"Jane Doe","phone":"+15083670989","job_title":"CSM","object":"internal_contact"}
                """
            )
            #expect(try answer.object(without: "modified_at") == expected, "\(answer.body)")
            #expect(try answer.object["modified_at"] is String)
        }
    }

    @Test func ruddrUpdatesAContact() async throws {
        try await Seeds.with { seeds in
            let contact = """
                {"id":"b27fd363-b75e-4ed1-af08-0b05119ea6b1","firstName":"Jane","lastName":"Doe","name":"Jane Doe",
                "email":"jane.doe@acmecorp.com","title":"Vice President of Operations",
                "description":"Key stakeholder responsible for all technology decisions.","officePhone":"1-508-367-0989",
                "mobilePhone":"1-339-908-7090","fax":"1-508-367-0990","websiteUrl":"https://acmecorp.com",
                "createdAt":"2026-01-16T17:42:58.653Z","createdBy":"1ad7c97a-d949-4bff-aab4-94bfa618e694",
                "ownerId":"df15e83f-5353-4b89-b2cd-d7018ff11b07","timeZoneId":"bd8457a1-7a5f-46da-80d1-42671604d3fc",
                "tags":[{"id":"63081c77-52ef-45d5-92f5-7131c74df008","name":"Executive Sponsor"}],
                "salesforceId":"003Dn00000A1b2cDEF","hubspotId":"12345678"}
                """
            let earlier = contact.replacing("Vice President of Operations", with: "Director of Operations")
            try await seeds.deliver(
                [#"{"type":"contact.created","timestamp":"2026-01-16T17:42:58.653Z","data":\#(earlier)}"#],
                by: "ruddr"
            )
            let answer = try await seeds.curl(
                "PATCH",
                "/ruddr/api/workspace/contacts/b27fd363-b75e-4ed1-af08-0b05119ea6b1",
                "Bearer",
                [],
                """
                {"firstName": "Jane", "lastName": "Doe", "name": "Jane Doe", "email": "jane.doe@acmecorp.com",
                "title": "Vice President of Operations",
                "description": "Key stakeholder responsible for all technology decisions.",
                "officePhone": "1-508-367-0989", "mobilePhone": "1-339-908-7090", "fax": "1-508-367-0990",
                "websiteUrl": "https://acmecorp.com", "ownerId": "df15e83f-5353-4b89-b2cd-d7018ff11b07",
                "timeZoneId": "bd8457a1-7a5f-46da-80d1-42671604d3fc",
                "tagIds": ["63081c77-52ef-45d5-92f5-7131c74df008"]}
                """
            )
            #expect(answer.status == 200)
            #expect(try answer.object == Seeds.object(contact), "\(answer.body)")
        }
    }
}

/// A served Hooklog that objects are brought to and that curl asks.
private struct Seeds: Sendable {
    let hooklog: ServedHooklog
    let key: String

    struct Answer {
        let status: Int
        let body: String

        var object: NSDictionary { get throws { try Seeds.object(body) } }

        func object(without name: String) throws -> NSDictionary {
            let object = try #require(try object.mutableCopy() as? NSMutableDictionary)
            object.removeObject(forKey: name)
            return object
        }
    }

    static func with(_ body: @Sendable (Seeds) async throws -> Void) async throws {
        try await ServedHooklog.with { hooklog in
            _ = try await hooklog.output(of: "workspace", "create", "acme", "--name", "Acme")
            let key = try object(try await hooklog.output(of: "key", "create", "--scope", "write", "--json"))["key"]
            try await body(Seeds(hooklog: hooklog, key: try #require(key as? String)))
        }
    }

    static func object(_ text: String) throws -> NSDictionary {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSDictionary)
    }

    /// Sends signed deliveries as the vendor would; returns when the read models show them.
    func deliver(_ bodies: [String], by vendor: String) async throws {
        let source = try await source(vendor)
        for body in bodies {
            _ = try await hooklog.output(
                of: "send",
                "--source",
                source,
                "--url",
                hooklog.url,
                "--file",
                "-",
                input: body
            )
        }
        try await LogChecks.waitUntilCaughtUp(hooklog)
    }

    /// Imports objects, each of a kind; returns when the read models show them.
    func bring(_ objects: [(kind: String, object: String)], by vendor: String) async throws {
        let source = try await source(vendor)
        for (kind, object) in objects {
            let line = object.replacing("\n", with: "")
            _ = try await hooklog.output(of: "import", "--source", source, "--file", "-", "--type", kind, input: line)
        }
        try await LogChecks.waitUntilCaughtUp(hooklog)
    }

    private func source(_ vendor: String) async throws -> String {
        let made = try await hooklog.output(of: "source", "create", "--connector", vendor, "--json")
        return try #require(try Self.object(made)["source_id"] as? String)
    }

    func curl(
        _ method: String,
        _ path: String,
        _ word: String,
        _ headers: [String],
        _ body: String
    ) async throws -> Answer {
        var arguments = ["--silent", "--max-time", "60", "--write-out", "\n%{http_code}", "--request", method]
        for header in ["Authorization: \(word) \(key)", "Content-Type: application/json"] + headers {
            arguments += ["--header", header]
        }
        arguments += ["--url", hooklog.url + path, "--data", body]
        let outcome = try await HooklogBinary.run(arguments, executable: URL(filePath: "/usr/bin/curl"))
        let end = outcome.output.lastIndex(of: "\n") ?? outcome.output.endIndex
        let status = Int(outcome.output[end...].dropFirst()) ?? 0
        return Answer(status: status, body: String(outcome.output[..<end]))
    }
}
