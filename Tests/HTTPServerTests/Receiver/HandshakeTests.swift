import Connectors
import EventLog
import Testing
import WebhookSignatures

@testable import HTTPServer

/// Questions that are asked with GET.
@Suite(.timeLimit(.minutes(10)))
struct HandshakeTests {
    private func fixture(_ question: String?) throws -> ReceiverFixture {
        var fixture = try ReceiverFixture(connector: .hmac, scheme: .github, secretText: "secret")
        let known = try #require(fixture.sources.sources[fixture.id])
        fixture.sources.sources[fixture.id] = ReceivingSource(
            id: known.id,
            sender: try Senders.known.sender(.hmac),
            verifier: known.verifier,
            handshake: question.flatMap(HandshakeQuestion.init)
        )
        return fixture
    }

    private func get(
        _ fixture: ReceiverFixture,
        _ query: String = "",
        headers: [(String, String)] = [],
        from server: ServerFixture
    ) async throws -> Answer {
        try await Answer.post(fixture.path + query, method: "GET", headers: headers, to: server)
    }

    @Test(arguments: [
        ("query:hub.challenge", "?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=x", "1158201444"),
        ("query:challenge", "?challenge=a%2Bb%26c", "a+b&c"),
    ])
    func challengeInTheQueryIsRepeatedAsText(_ question: String, _ query: String, _ challenge: String) async throws {
        let fixture = try fixture(question)
        try await fixture.run { server in
            let answer = try await get(fixture, query, from: server)
            #expect(answer.status == 200)
            #expect(answer.body == challenge)
            #expect(answer.headers["content-type"]?.hasPrefix("text/plain") == true)
            #expect(answer.headers["x-content-type-options"] == "nosniff")
            #expect(fixture.log.deliveries.isEmpty)
        }
        let counted = #"hooklog_webhook_deliveries_total{connector="hmac",outcome="handshake"} 1"#
        #expect(fixture.metrics.exposition().contains(counted))
    }

    @Test func challengeInAHeaderIsRepeatedAsJSON() async throws {
        let fixture = try fixture("header:X-Okta-Verification-Challenge")
        try await fixture.run { server in
            let headers = [("X-Okta-Verification-Challenge", #"a"b\c"#)]
            let answer = try await get(fixture, headers: headers, from: server)
            #expect(answer.status == 200)
            #expect(answer.body == #"{"verification":"a\"b\\c"}"#)
            #expect(answer.headers["content-type"] == "application/json")
        }
    }

    @Test(arguments: [
        "", "?challenge=", "?challenge=a&challenge=b", "?challenge=a%20b", "?challenge=%3Cb%3E%0A", "?other=a",
    ])
    func questionWithoutOneGoodChallengeIsRefused(_ query: String) async throws {
        let fixture = try fixture("query:challenge")
        try await fixture.run { server in
            let answer = try await get(fixture, query, from: server)
            #expect(answer.status == 400)
            let long = try await get(fixture, "?challenge=" + String(repeating: "a", count: 1025), from: server)
            #expect(long.status == 400)
        }
    }

    /// A 405 would end the sender's subscription for good.
    @Test func questionIsToBeAskedAgainWhileTheDatabaseIsAway() async throws {
        var fixture = try fixture("query:challenge")
        fixture.sources.failure = EventLogError(.unavailable)
        try await fixture.run { [fixture] server in
            let answer = try await get(fixture, "?challenge=a", from: server)
            #expect(answer.status == 503)
            #expect(answer.headers["retry-after"] != nil)
        }
    }

    @Test func sourceWhoseSenderAsksNothingTakesPostsOnly() async throws {
        let fixture = try fixture(nil)
        try await fixture.run { server in
            let answer = try await get(fixture, "?challenge=a", from: server)
            #expect(answer.status == 405)
            #expect(answer.headers["allow"] == "POST")
            #expect(!answer.body.contains("challenge"))
            let unknown = try await Answer.post("/webhooks/none?challenge=a", method: "GET", to: server)
            #expect(unknown.status == 405)
        }
    }
}
