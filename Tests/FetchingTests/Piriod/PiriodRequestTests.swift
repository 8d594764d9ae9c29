import EventLog
import PostgresTesting
import Testing

@testable import Connectors
@testable import Fetching

@Suite(.database, .timeLimit(.minutes(10)))
struct PiriodRequestTests {
    @Test(
        arguments: [("customer.created", "cus_1", "customers"), ("org_unit.updated", "12", "orgunits")],
        [false, true]
    )
    func requestNamesObjectTokenWorkspaceAndMode(_ event: (String, String, String), _ isTest: Bool) async throws {
        try await FetchFixture.with { fixture in
            try await fixture.notify(event.0, event.1)
            try await fixture.plan()
            let claim = try await fixture.claim()
            let access = FetchSourceSettings(
                baseURL: "https://api.example/piriod",
                workspace: "acc_9",
                testMode: isTest
            )
            let request = PiriodAPI().request(for: claim, from: access, token: "t")
            #expect(request.url == "https://api.example/piriod/\(event.2)/\(event.1)/")
            #expect(request.bodyLimit == SourceSettings.defaultBodySize)
            let headers = Dictionary(uniqueKeysWithValues: request.headers.map { ($0.name.lowercased(), $0.value) })
            #expect(headers["authorization"] == "Token t")
            #expect(headers["x-simple-workspace"] == "acc_9")
            #expect(headers["x-piriod-test-mode"] == (isTest ? "true" : "false"))
            #expect(headers["accept"] == "application/json")
        }
    }

    @Test(arguments: [(false, true), (true, false)])
    func snapshotIsLiveUnlessTheSourceIsTest(_ isTestSource: Bool, _ isLive: Bool) async throws {
        try await FetchFixture.with { fixture in
            try await fixture.notify("customer.created", "cus_1")
            try await fixture.plan()
            let claim = try await fixture.claim()
            let found = FetchedObject.present(Array(#"{"id":"cus_1"}"#.utf8))
            let access = FetchSourceSettings(baseURL: "", workspace: "", testMode: isTestSource)
            let body = String(decoding: PiriodAPI().event(of: found, claim, from: access), as: UTF8.self)
            #expect(
                body == #"{"event":"customer.updated","object_id":"cus_1","occurred_at":"\#(claim.observedAt)","#
                    + #""livemode":\#(isLive),"data":{"id":"cus_1"}}"#
            )
        }
    }
}
