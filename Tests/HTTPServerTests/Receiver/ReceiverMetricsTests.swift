import Connectors
import EventLog
import Testing
import WebhookSignatures

@testable import HTTPServer

/// What the receiver counts.
@Suite(.timeLimit(.minutes(10)))
struct ReceiverMetricsTests {
    private static let body = Array("{}".utf8)

    private func deliveries(_ outcome: String, connector: String = "standard-webhooks") -> String {
        #"hooklog_webhook_deliveries_total{connector="\#(connector)",outcome="\#(outcome)"} "#
    }

    @Test func outcomesAreCountedByConnector() async throws {
        let fixture = try ReceiverFixture(bodyLimit: 100)
        try await fixture.run { server in
            _ = try await fixture.deliver(Self.body, to: server)
            _ = try await fixture.deliver(Self.body, to: server)
            _ = try await fixture.deliver(Array("[]".utf8), to: server)
            _ = try await fixture.deliver([UInt8](repeating: 0, count: 101), to: server)
            _ = try await Answer.post("/webhooks/none", body: Self.body, to: server)
            _ = try await Answer.post(
                fixture.path,
                headers: [("Content-Encoding", "gzip")],
                body: Self.body,
                to: server
            )
            fixture.log.fail(EventLogError(.queueFull))
            _ = try await fixture.deliver(Self.body, to: server)
            _ = try await fixture.deliver(Self.body, to: server)
        }
        let text = fixture.metrics.exposition()
        for outcome in ["accepted", "duplicate", "conflict", "too_large", "unsupported_encoding"] {
            #expect(text.contains(deliveries(outcome) + "1\n"))
        }
        #expect(text.contains(deliveries("unavailable") + "2\n"))
        #expect(text.contains(deliveries("unknown_source", connector: "none") + "1\n"))
    }

    @Test func rejectionsAreCountedByReason() async throws {
        let fixture = try ReceiverFixture()
        try await fixture.run { server in
            _ = try await Answer.post(fixture.path, body: Self.body, to: server)
            let headers = try fixture.headers(body: Array("other".utf8))
            _ = try await Answer.post(fixture.path, headers: headers, body: Self.body, to: server)
            _ = try await Answer.post(fixture.path, headers: headers, body: Self.body, to: server)
        }
        let text = fixture.metrics.exposition()
        #expect(text.contains(deliveries("rejected") + "3\n"))
        let name = "hooklog_webhook_rejections_total"
        #expect(text.contains(name + #"{connector="standard-webhooks",reason="missing_header"} 1"# + "\n"))
        #expect(text.contains(name + #"{connector="standard-webhooks",reason="signature"} 2"# + "\n"))
    }

    @Test func wrongClockHasItsOwnReason() async throws {
        let fixture = try ReceiverFixture()
        let late = fixture.controller(now: ReceiverFixture.now + 600)
        try await ServerFixture.with(controllers: [late]) { server in
            let answer = try await fixture.deliver(Self.body, to: server)
            #expect(answer.status == 401)
        }
        #expect(fixture.metrics.exposition().contains(#"reason="timestamp_too_old"} 1"#))
        #expect(fixture.rejections.all.map(\.reason) == ["timestamp_too_old"])
    }

    @Test func deliveryUnderAnOldSecretIsCounted() async throws {
        var fixture = try ReceiverFixture()
        let new = try SigningSecret("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD", for: fixture.scheme)
        let verifier = try WebhookVerifier(
            scheme: fixture.scheme,
            keys: [
                fixture.secret.verificationKey(id: "1", for: fixture.scheme, notBefore: 1),
                new.verificationKey(id: "2", for: fixture.scheme, notBefore: 2),
            ]
        )
        fixture.sources.sources[fixture.id] = ReceivingSource(
            id: fixture.id,
            sender: try Senders.known.sender(.standardWebhooks),
            verifier: verifier
        )
        let rotated = fixture
        try await rotated.run { server in
            let answer = try await rotated.deliver(Self.body, to: server)
            #expect(answer.status == 202)
        }
        #expect(rotated.metrics.exposition().contains("hooklog_webhook_old_key_deliveries_total 1\n"))
    }

    @Test func requestsAreTimedByRouteMethodAndStatus() async throws {
        let fixture = try ReceiverFixture()
        try await fixture.run { server in
            _ = try await fixture.deliver(Self.body, to: server)
            _ = try await Answer.post("/a/b/c", method: "GET", to: server)
            _ = try await Answer.post("/d", method: "PURGE", to: server)
        }
        let text = fixture.metrics.exposition()
        let count = "http_server_request_duration_seconds_count"
        for labels in [
            #"listener="public",method="POST",route="/webhooks/{source_id}",status="202""#,
            #"listener="public",method="GET",route="NotFound",status="404""#,
            #"listener="public",method="OTHER",route="NotFound",status="404""#,
        ] {
            #expect(text.contains("\(count){\(labels)} 1\n"))
        }
        #expect(text.contains(#"http_server_active_requests{listener="public"} 0"# + "\n"))
    }

    @Test func requestInHandIsCountedAsActive() async throws {
        let fixture = try ReceiverFixture()
        let (arrivals, gate) = fixture.log.hold()
        try await fixture.run { server in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { _ = try await fixture.deliver(Self.body, to: server) }
                for await _ in arrivals.prefix(1) {}
                let text = fixture.metrics.exposition()
                #expect(text.contains(#"http_server_active_requests{listener="public"} 1"# + "\n"))
                gate.yield()
                try await group.waitForAll()
            }
        }
    }
}
