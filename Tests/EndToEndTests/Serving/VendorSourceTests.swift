import Foundation
import Testing

/// A source of each vendor, made and sent to with the commands, fills the log and the read models that all vendors share.
@Suite(.timeLimit(.minutes(10)))
struct VendorSourceTests {
    private struct MadeSource: Decodable {
        let source_id: String
        let secret: String
    }

    /// What each vendor sends here, and what the log makes of it.
    private static let deliveries: [(connector: String, body: String, event: String)] = [
        (
            "stuut",
            #"{"type":"internal_contact.created","timestamp":"{{now}}","data":{"id":"ic_1","email":"Sam@x.io","name":"Sam"}}"#,
            "stuut|internal_contact.created|internal_contact|ic_1"
        ),
        (
            "ruddr",
            #"{"type":"contact.updated","timestamp":"{{now}}","data":{"id":"c_1","email":"sam@X.io","firstName":"Sam"}}"#,
            "ruddr|contact.updated|contact|c_1"
        ),
        (
            "piriod", #"{"event":"customer.created","object_id":"cus_1"}"#,
            "piriod|customer.created|notification|cus_1"
        ),
    ]

    @Test func signedDeliveriesOfEveryVendorAreTaken() async throws {
        try await ServedHooklog.with { hooklog in
            let workspace = try await DemoWorkspace.make(in: hooklog)
            for (connector, body, _) in Self.deliveries {
                let create = ["source", "create", "--workspace", "acme", "--connector", connector, "--json"]
                let made = try await hooklog.output(of: create)
                let source = try JSONDecoder().decode(MadeSource.self, from: Data(made.utf8))
                let send = ["send", "--source", source.source_id, "--url", hooklog.url, "--file", "-"]
                let sent = try await hooklog.run(send, input: body)
                #expect(sent.status == 0, "\(connector): \(sent.errors)")
                let secret = connector == "piriod" ? "another" : "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
                let forged = try await hooklog.run(
                    send + ["--connector", connector, "--secret", secret],
                    input: body
                )
                #expect(forged.status == 1, "\(connector)")
                #expect(forged.output.contains("401"), "\(connector): \(forged.output)")
            }
            let events = try await hooklog.query(
                "SELECT concat_ws('|', system, type, entity_type, entity_id) FROM hooklog.event ORDER BY position"
            )
            #expect(events.split(separator: "\n").map(String.init) == Self.deliveries.map(\.event))
            let (status, people) = try await hooklog.get(
                "/v1/people?email=sam%40x.io",
                key: workspace.key,
                headers: ["Hooklog-Min-Position": "3"]
            )
            #expect(status == 200)
            #expect(people.contains(#""systems" : ["ruddr","stuut"]"#), "\(people)")
            try await LogChecks.expectSound(hooklog, events: 3)
        }
    }
}
