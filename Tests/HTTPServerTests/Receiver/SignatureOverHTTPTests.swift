import Connectors
import EventLog
import Foundation
import Seeding
import Testing
import WebhookSignatures

@testable import HTTPServer

@Suite(.timeLimit(.minutes(10)))
struct SignatureOverHTTPTests {
    private static let unverified = #"{"error":"signature verification failed"}"#
    private static let body = Array(#"{"test": 2432232314}"#.utf8)

    /// Requests that fail in every way in which a signature can fail.
    private static func failures(_ fixture: ReceiverFixture) throws -> [(VerificationError.Reason, String)] {
        let good = try fixture.headers(body: body)
        let id = good[0]
        let time = good[1]
        let signature = good[2]
        let old = ("webhook-timestamp", "\(ReceiverFixture.now - 301)")
        let new = ("webhook-timestamp", "\(ReceiverFixture.now + 301)")
        let requests: [(VerificationError.Reason, [(String, String)])] = [
            (.missingHeader, []),
            (.missingHeader, [id, time]),
            (.duplicateHeader, good + [id]),
            (.duplicateHeader, good + [("Webhook-Timestamp", time.1)]),
            (.mixedFamilies, [("svix-id", id.1), time, signature]),
            (.badTimestamp, [id, ("webhook-timestamp", "+1"), signature]),
            (.timestampTooOld, [id, old, signature]),
            (.timestampTooNew, [id, new, signature]),
            (.badID, [("webhook-id", "a.b"), time, signature]),
            (.badSignatureHeader, [id, time, ("webhook-signature", String(repeating: "v1,a ", count: 100))]),
            (.signature, [id, time, ("webhook-signature", "v1,AAAA")]),
            (.signature, [("webhook-id", "msg_2"), time, signature]),
        ]
        return requests.map { ($0.0, fixture.head($0.1 + [("Content-Length", "\(body.count)")])) }
    }

    @Test func everyFailureGivesTheSameAnswerAndWritesNothing() async throws {
        let fixture = try ReceiverFixture()
        let failures = try Self.failures(fixture)
        try await fixture.run { server in
            var answers: [RawResponse] = []
            for (_, head) in failures {
                try await RawConnection.with(port: server.port) { connection in
                    try await connection.send(head + "\r\n" + String(decoding: Self.body, as: UTF8.self))
                    answers.append(try #require(await connection.readResponse()))
                }
            }
            for answer in answers {
                #expect(answer.status == 401)
                #expect(answer.body == Self.unverified)
                #expect(answer.headers.filter { $0.key != "date" } == answers[0].headers.filter { $0.key != "date" })
            }
            #expect(fixture.log.deliveries.isEmpty)
            #expect(fixture.rejections.all.map(\.reason) == failures.map(\.0.rawValue))
            #expect(fixture.rejections.all.allSatisfy { $0.source == fixture.id && $0.byteCount == Self.body.count })
        }
    }

    @Test func sourceWithoutASecretAndBodyThatIsNotSignableGetTheSameAnswer() async throws {
        var expired = try ReceiverFixture()
        let key = try expired.secret.verificationKey(id: "1", for: expired.scheme, expiresAt: ReceiverFixture.now)
        let verifier = try WebhookVerifier(scheme: expired.scheme, keys: [key])
        expired.sources.sources[expired.id] = ReceivingSource(
            id: expired.id,
            sender: try Senders.known.sender(.standardWebhooks),
            verifier: verifier
        )
        let piriod = try ReceiverFixture(connector: .piriod, scheme: .piriod)
        let headers = try piriod.headers(body: Array(#"{"a":"1"}"#.utf8))
        let requests = [
            (expired, try expired.headers(body: Self.body), VerificationError.Reason.noActiveKey),
            (piriod, headers, .bodyNotSignable),
        ]
        for (fixture, headers, reason) in requests {
            try await fixture.run { server in
                let answer = try await Answer.post(fixture.path, headers: headers, body: Self.body, to: server)
                #expect(answer.status == 401)
                #expect(answer.body == Self.unverified)
                #expect(fixture.log.deliveries.isEmpty)
                #expect(fixture.rejections.all.map(\.reason) == [reason.rawValue])
            }
        }
    }

    @Test func rejectionNamesTheHeadersWithoutTheirValues() async throws {
        let fixture = try ReceiverFixture()
        try await fixture.run { server in
            let headers = [("Authorization", "Bearer s3cret"), ("webhook-id", "msg_1")]
            _ = try await Answer.post(fixture.path, headers: headers, body: Self.body, to: server)
            let rejection = try #require(fixture.rejections.all.first)
            #expect(rejection.headerNames.contains("authorization"))
            #expect(!rejection.headerNames.joined().contains("s3cret"))
        }
    }

    @Test func duplicateWithABadSignatureIsNotTold() async throws {
        let fixture = try ReceiverFixture()
        try await fixture.run { server in
            _ = try await fixture.deliver(Self.body, to: server)
            var headers = try fixture.headers(body: Self.body)
            headers[2].1 = "v1,AAAA"
            let answer = try await Answer.post(fixture.path, headers: headers, body: Self.body, to: server)
            #expect(answer.status == 401)
            #expect(answer.body == Self.unverified)
            #expect(fixture.log.deliveries.count == 1)
        }
    }

    @Test func repeatedSignatureHeadersCountAsOneList() async throws {
        let fixture = try ReceiverFixture()
        try await fixture.run { server in
            let headers = try [("webhook-signature", "v1,AAAA")] + fixture.headers(body: Self.body)
            let answer1 = try await Answer.post(fixture.path, headers: headers, body: Self.body, to: server)
            #expect(answer1.status == 202)
        }
    }

    @Test func everyPublishedVectorIsRead() {
        #expect(PublishedVector.all.count == 33)
    }

    @Test(arguments: PublishedVector.all)
    func publishedVectorGivesItsResultOverHTTP(_ vector: PublishedVector) async throws {
        let id = SourceID(workspace: WorkspaceID(rawValue: 9), number: 1)
        let log = FakeLog()
        let source = ReceivingSource(
            id: id,
            sender: try Senders.known.sender(.standardWebhooks),
            verifier: try vector.verifier(),
            bodyLimit: 32 << 20
        )
        let controller = ReceiverController(
            sources: FakeSources(sources: [id: source]),
            events: log,
            rejections: FakeRejections(),
            logger: ServerFixture.logger,
            now: { vector.now ?? 0 }
        )
        try await ServerFixture.with(controllers: [controller]) { server in
            let answer = try await Answer.post(
                "/webhooks/\(id)",
                headers: vector.headerPairs,
                body: vector.bytes,
                to: server
            )
            #expect((answer.status == 202) == (vector.expect == "accept"))
            #expect(answer.status == 202 || answer.body == Self.unverified)
            #expect(log.deliveries.first?.body == (answer.status == 202 ? vector.bytes : nil))
        }
    }
}
